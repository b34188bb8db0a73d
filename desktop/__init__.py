"""What a person meets: the command line now, the window next. The only layer that knows Qt."""
