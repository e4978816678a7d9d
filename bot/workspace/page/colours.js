/* Light or dark, as the person chose on this computer. In the head, so that nothing flashes. */

const root = document.documentElement;

function chosenColours() {
  try {
    return localStorage.getItem("colours") ?? "system";
  } catch {
    return "system";
  }
}

function showColours(choice) {
  if (choice === "system") delete root.dataset.colours;
  else root.dataset.colours = choice;
}

showColours(chosenColours());
document.addEventListener("DOMContentLoaded", () => {
  const select = document.getElementById("colours");
  select.value = chosenColours();
  select.addEventListener("change", () => {
    showColours(select.value);
    try {
      localStorage.setItem("colours", select.value);
    } catch {
      // A browser that keeps nothing shows the choice until the page is left.
    }
  });
});
