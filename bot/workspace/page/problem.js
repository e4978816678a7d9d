/* What Slack itself checks before a form is sent, said the GOV.UK way. */

const missing = ({ type }) => (type.endsWith("_input") ? "Enter an answer" : "Choose an answer");

function ofText(element, value) {
  if (value.length > (element.max_length ?? Infinity)) return `Your answer must be ${element.max_length} characters or fewer`;
  if (value.length < (element.min_length ?? 0)) return `Your answer must be ${element.min_length} characters or more`;
  return null;
}

function ofNumber(element, value) {
  if (!/^-?\d+(\.\d+)?$/.test(value.trim())) return "Your answer must be a number, like 12";
  if (!element.is_decimal_allowed && value.includes(".")) return "Your answer must be a whole number, like 12";
  if (Number(value) < Number(element.min_value ?? -Infinity)) return `Your answer must be ${element.min_value} or more`;
  if (Number(value) > Number(element.max_value ?? Infinity)) return `Your answer must be ${element.max_value} or less`;
  return null;
}

const checks = {
  plain_text_input: ofText,
  number_input: ofNumber,
  url_text_input: (_, value) => (/^https?:\/\/\S+$/.test(value) ? null : "Enter a web address that starts with https://"),
};

/** The sentence that says what is wrong with an answer, or null. */
export function problemWith({ element, optional }, value) {
  if (!value.length) return optional ? null : missing(element);
  const most = element.max_selected_items;
  if (most && Array.isArray(value) && value.length > most) return `Choose no more than ${most}`;
  return checks[element.type]?.(element, value) ?? null;
}
