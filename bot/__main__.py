"""`python -m bot` and the console script `vigil`."""

from bot.commands import main

if __name__ == "__main__":
    main()
