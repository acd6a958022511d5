# shellcheck shell=bash
# The business clock of this machine: <data>/clock.json shifts it, and every process reads that file. Japan is a fixed nine hours ahead of UTC.

# Seconds since 1970 as a clock in Japan shows them, so that a day is 86400 of them.
japan_seconds() { printf '%s\n' $(($(date -u +%s) + 9 * 3600)); }

day_seconds() { date -u -d "$1" +%s; }

today_is_a_day() { [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] && [[ $(date -u -d "$1" +%F 2>/dev/null) == "$1" ]]; }

# set_clock DAY: that day at this time of day; the real one when DAY is empty. Each writing has a generation of its own.
set_clock() {
  local generation=0 offset=0 file=$data/clock.json
  [[ ! -s $file ]] || generation=$(sed -nE 's/.*"generation": *([0-9]+).*/\1/p' "$file")
  [[ -z $1 ]] || offset=$((($(day_seconds "$1") / 86400 - $(japan_seconds) / 86400) * 86400))
  printf '{"offsetSeconds":%d,"generation":%d}\n' "$offset" $((generation + 1)) >"$file.new"
  mv "$file.new" "$file"
  [[ -z $1 ]] || detail "the business clock says $1"
}

business_day() {
  local offset
  offset=$(sed -nE 's/.*"offsetSeconds": *(-?[0-9]+).*/\1/p' "$data/clock.json")
  date -u -d "@$(($(japan_seconds) + offset))" +%F
}
