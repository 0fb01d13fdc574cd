/* SPDX-License-Identifier: BSD-2-Clause */
#include <pwd.h>
#include <unistd.h>

#include "leadctl.h"

const char *leadctl_actor(void)
{
	static char number[32];
	const char *behind_sudo = g_getenv("SUDO_USER");
	const struct passwd *entry;

	/* only root can have come through sudo; for others the variable proves nothing */
	if (getuid() == 0 && behind_sudo != NULL && *behind_sudo != '\0')
		return behind_sudo;
	entry = getpwuid(getuid());
	if (entry != NULL)
		return entry->pw_name;
	g_snprintf(number, sizeof number, "uid-%lu", (unsigned long)getuid());
	return number;
}
