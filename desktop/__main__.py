"""`python -m desktop`: the same as `depositary`."""

from desktop.cli import main

if __name__ == "__main__":
    main()
