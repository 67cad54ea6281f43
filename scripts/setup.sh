# Sourced by ./run and ./test: a virtual environment with the pinned packages in .venv.

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    echo "Python 3.11, 3.12 or 3.13 is needed and was not found. Install it and try again." >&2
    return 1
}

# Installs Debian packages where we may; says which ones are missing where we may not.
install_debian() {
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >&2
    else
        echo "Please install: $* (on Debian: sudo apt-get install $*), then try again." >&2
        return 1
    fi
}

make_venv() {
    base=$(find_python) || exit 1
    if ! "$base" -c 'import ensurepip' >/dev/null 2>&1; then
        install_debian python3-venv || exit 1
    fi
    "$base" -m venv .venv
}

# prepare FILE: the virtual environment holds exactly what FILE pins.
prepare() {
    PYTHON=.venv/bin/python
    [ -x "$PYTHON" ] || { unset PYTHON; make_venv; PYTHON=.venv/bin/python; }
    stamp=".venv/.$1.stamp"
    if ! cmp -s "$1" "$stamp"; then
        "$PYTHON" -m pip install --quiet --disable-pip-version-check -r "$1"
        cp "$1" "$stamp"
    fi
}

# find_chromium: WORKFORCE_CHROMIUM names a browser for the tests.
find_chromium() {
    for candidate in "${WORKFORCE_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$candidate" ] || continue
        if command -v "$candidate" >/dev/null 2>&1; then
            WORKFORCE_CHROMIUM=$(command -v "$candidate")
            export WORKFORCE_CHROMIUM
            return 0
        fi
    done
    install_debian chromium || exit 1
    WORKFORCE_CHROMIUM=$(command -v chromium)
    export WORKFORCE_CHROMIUM
}
