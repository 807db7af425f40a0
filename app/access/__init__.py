"""Who asks: every way in, whatever was presented, leads through `Access.admit` to a Principal."""
