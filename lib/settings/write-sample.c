/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes the sample file, for `make sample`. */
#include "lead/settings.h"

int main(void)
{
	settings_write_sample(stdout);
	return fflush(stdout) == 0 ? 0 : 1;
}
