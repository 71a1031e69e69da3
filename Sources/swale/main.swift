import Glibc
import SwaleShell

exit(Shell.run(Array(CommandLine.arguments.dropFirst())))
