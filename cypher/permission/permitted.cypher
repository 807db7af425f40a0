// Whether somebody may do something.
// read

// include permission/asked
RETURN isPermitted
