/* SPDX-License-Identifier: BSD-2-Clause */
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lead/error.h"

bool run_as_find(const Settings *settings, RunAs *run_as_out, GError **error)
{
	const struct passwd *entry;

	*run_as_out = (RunAs){.uid = geteuid(), .gid = getegid()};
	if (*settings->user == '\0' || geteuid() != 0)
		return true;
	entry = getpwnam(settings->user);
	if (entry == NULL) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "%s: [milter] user: there is no user '%s'", settings->file,
			    settings->user);
		return false;
	}
	run_as_out->name = g_strdup(settings->user);
	run_as_out->uid = entry->pw_uid;
	run_as_out->gid = entry->pw_gid;
	return true;
}

void run_as_clear(RunAs *run_as)
{
	g_clear_pointer(&run_as->name, g_free);
}

/* Groups first: afterwards we may not any more. */
bool run_as_become(const RunAs *run_as, GError **error)
{
	if (run_as->name == NULL)
		return true;
	if (initgroups(run_as->name, run_as->gid) == 0 && setgid(run_as->gid) == 0 &&
	    setuid(run_as->uid) == 0)
		return true;
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT, "cannot become user '%s': %s",
		    run_as->name, g_strerror(errno));
	return false;
}

int64_t descriptor_limit_set(int64_t wanted)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return wanted;
	limit.rlim_cur = MIN(limit.rlim_max, (rlim_t)wanted);
	(void)!setrlimit(RLIMIT_NOFILE, &limit);
	getrlimit(RLIMIT_NOFILE, &limit);
	return (int64_t)MIN(limit.rlim_cur, (rlim_t)INT_MAX);
}
