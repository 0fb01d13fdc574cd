# SPDX-License-Identifier: BSD-2-Clause
# Medians of what run.sh measured: lines of "FIELDS ROUND MILTER {json}". Variables: as_json,
# settings (members of the JSON); as_sizes: what sizes.sh measured, with a store's size
# instead of FIELDS.
function value(name) {
	if (!match($0, "\"" name "\":[0-9.]+"))
		return 0
	return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) + 0
}
function median(list, count, i, j, swap) {
	for (i = 2; i <= count; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			swap = list[j]
			list[j] = list[j - 1]
			list[j - 1] = swap
		}
	if (count % 2)
		return list[(count + 1) / 2]
	return (list[count / 2] + list[count / 2 + 1]) / 2
}
function median_of(group, name, list, round) {
	for (round = 1; round <= rounds; round++)
		list[round] = figure[group, round, name]
	return median(list, rounds)
}
# Of the ratios within a round; 0 if the other one was not measured.
function ratio(group, base, list, round) {
	for (round = 1; round <= rounds; round++) {
		if (!((base, round, "per_second") in figure))
			return 0
		list[round] = figure[group, round, "per_second"] / \
			figure[base, round, "per_second"]
	}
	return median(list, rounds)
}
BEGIN {
	count = split("per_second cpu_us p50_us p95_us p99_us max_us written " \
		"resident_kb peak_kb refused own_cpu_us", names, " ")
}
{
	group = $1 " " $3
	if (!(group in seen)) {
		seen[group] = 1
		order[++groups] = group
	}
	for (i = 1; i <= count; i++)
		figure[group, $2, names[i]] = value(names[i])
	if ($2 > rounds)
		rounds = $2
}
function print_table(i, group, part) {
	for (i = 1; i <= groups; i++) {
		group = order[i]
		split(group, part, " ")
		if (part[1] != last) {
			printf "%s%d header fields\n", (i > 1 ? "\n" : ""), part[1]
			printf "%-12s %9s %6s %6s %6s %6s %7s %7s %7s %7s %7s\n", "milter",
				"mails/s", "/ideal", "/full", "/-u", "/-u-G", "CPU us",
				"p50 us", "p99 us", "max us", "octets"
		}
		last = part[1]
		printf "%-12s %9.0f %6.2f %6.2f %6.2f %6.2f %7.1f %7.0f %7.0f %7.0f %7.0f\n",
			part[2], median_of(group, "per_second"),
			ratio(group, part[1] " null-ideal"),
			ratio(group, part[1] " null-full"),
			ratio(group, part[1] " ceiling-u"),
			ratio(group, part[1] " ceiling-u-G"),
			median_of(group, "cpu_us"), median_of(group, "p50_us"),
			median_of(group, "p99_us"), median_of(group, "max_us"),
			median_of(group, "written")
	}
}
function print_json(i, j, group, part) {
	printf "{\"v\":1,\"rounds\":%d,%s,\"runs\":[", rounds, settings
	for (i = 1; i <= groups; i++) {
		group = order[i]
		split(group, part, " ")
		printf "%s\n{\"fields\":%d,\"milter\":\"%s\"", (i > 1 ? "," : ""), part[1],
			part[2]
		for (j = 1; j <= count; j++)
			printf ",\"%s\":%.2f", names[j], median_of(group, names[j])
		printf ",\"of_null_ideal\":%.3f", ratio(group, part[1] " null-ideal")
		printf ",\"of_null_full\":%.3f", ratio(group, part[1] " null-full")
		printf ",\"of_ceiling_u\":%.3f", ratio(group, part[1] " ceiling-u")
		printf ",\"of_ceiling_u_G\":%.3f}", ratio(group, part[1] " ceiling-u-G")
	}
	print "]}"
}
function print_sizes(i, part, size) {
	printf "%12s %12s %9s %9s %7s %7s %7s %7s %7s\n", "contacts", "interactions",
		"mails/s", "of first", "CPU us", "p50 us", "p99 us", "max us", "MB"
	for (i = 1; i <= groups; i++) {
		split(order[i], part, " ")
		split(part[1], size, ":")
		printf "%12d %12d %9.0f %9.2f %7.1f %7.0f %7.0f %7.0f %7.1f\n", size[1],
			size[2], median_of(order[i], "per_second"), ratio(order[i], order[1]),
			median_of(order[i], "cpu_us"), median_of(order[i], "p50_us"),
			median_of(order[i], "p99_us"), median_of(order[i], "max_us"),
			median_of(order[i], "peak_kb") / 1024
	}
}
END {
	if (as_sizes)
		print_sizes()
	else if (as_json)
		print_json()
	else
		print_table()
}
