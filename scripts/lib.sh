# What ./start and ./test share. Sourced, never run.

say() { printf '\n▶ %s\n' "$*"; }

fail() {
  printf '\n✘ %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Rust with its WebAssembly target, and a C compiler to link with.
check_rust() {
  have cargo || fail "Rust is missing: install it from https://rustup.rs, then run this again."
  have cc || fail "A C compiler is missing: on Debian or Ubuntu, apt-get install gcc libc6-dev."
  # rustup reads rust-toolchain.toml; the call installs what it names where that is missing.
  rustc --version >/dev/null || fail "rustc does not start: see the line above."
  if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
    have rustup || fail "Rust's WebAssembly target is missing: your distribution calls it libstd-rust-dev-wasm32 or rust-std-static-wasm32-unknown-unknown."
    say "Adding Rust's WebAssembly target"
    rustup target add wasm32-unknown-unknown
  fi
}

# Whether something listens on a port of this machine.
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The first free port from $1 on.
free_port_from() {
  local port=$1
  while taken "$port"; do port=$((port + 1)); done
  echo "$port"
}

# Whether the server at $1 (host:port) answers 200 to GET $2.
answers() {
  local host=${1%:*} status
  [ "$host" = 0.0.0.0 ] && host=127.0.0.1
  status=$( (exec 3<>"/dev/tcp/$host/${1##*:}" && printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$2" "$1" >&3 && head -n 1 <&3) 2>/dev/null)
  [[ $status == *" 200 "* ]]
}
