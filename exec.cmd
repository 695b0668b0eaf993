@rem The scripts of package.json begin with the "exec" of a POSIX shell, which gives its place to the program.
@rem The shell of Windows has none: it finds this file instead.
@%*
