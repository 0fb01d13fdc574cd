/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/error.h"

G_DEFINE_QUARK(lead-error-quark, lead_error)
