# A PostgreSQL cluster for the tests alone: its own folder, its own port, gone at exit. Sourced by ./test.
# It keeps nothing on purpose: no fsync.

postgres_bin() {
  local folder
  for folder in /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
    [ -x "$folder/initdb" ] && echo "$folder"
  done | tail -n 1
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# Starts it and exports TEST_POSTGRES_URL.
start_postgres() {
  local bin
  bin=$(postgres_bin)
  POSTGRES_DIR=$(mktemp -d /tmp/renfort-postgres.XXXXXX)
  [ "$(id -u)" = 0 ] && chown postgres "$POSTGRES_DIR"
  as_postgres "$bin/initdb" -D "$POSTGRES_DIR/data" -A trust -U renfort --no-sync -E UTF8 --locale=C.UTF-8 >"$POSTGRES_DIR.log" 2>&1 ||
    fail "initdb failed: $POSTGRES_DIR.log"
  local settings="-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
  local port attempt
  for attempt in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    if as_postgres "$bin/pg_ctl" -D "$POSTGRES_DIR/data" -w -l "$POSTGRES_DIR/log" \
      -o "-p $port -k $POSTGRES_DIR $settings" start >>"$POSTGRES_DIR.log" 2>&1; then
      export TEST_POSTGRES_URL=postgres://renfort@127.0.0.1:$port/postgres
      return
    fi
  done
  fail "PostgreSQL did not start: $POSTGRES_DIR/log"
}

stop_postgres() {
  [ -n "${POSTGRES_DIR:-}" ] || return 0
  as_postgres "$(postgres_bin)/pg_ctl" -D "$POSTGRES_DIR/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$POSTGRES_DIR" "$POSTGRES_DIR.log"
}
