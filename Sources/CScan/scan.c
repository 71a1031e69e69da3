// The functions are all in the header, so that callers have them in line.
#include "cscan.h"
