"""The commands, by what they do to a file. `desktop.cli` lists them and loads each when it is asked for."""
