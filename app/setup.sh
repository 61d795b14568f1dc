# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
# What app/run and tests/run share: find what is missing, install it where there is apt, build the release preset.
# Sourced, in any POSIX shell, with $root naming the top of the project. Speaks on stderr; silent when there is nothing to do.

build=$root/build/release
log=$root/build/setup.log

# Three columns: Debian's package (one name for 12 and 13); how to find the same thing on a machine without dpkg
# (a command, pc:<pkg-config module>, py:<Python module>); and what it is.
program_needs='
g++                c++              a C++20 compiler
cmake              cmake            CMake 3.21 or newer
ninja-build        ninja            Ninja
pkg-config         pkg-config       pkg-config
qt6-base-dev       pc:Qt6Widgets    Qt 6.4 or newer
libqt6opengl6-dev  pc:Qt6OpenGL     the part of Qt that Qt Charts asks for
qt6-charts-dev     pc:Qt6Charts     Qt Charts
qtkeychain-qt6-dev -               QtKeychain, the way to the keyring
libsecret-1-0      -                what QtKeychain speaks to the keyring with
qt6-l10n-tools     -                lrelease, for texts in other languages
libhiredis-dev     pc:hiredis       hiredis, which reads what Redis says
redis-server       redis-server     Redis 7 or newer, for the demo and the tests
'
test_needs='
python3            python3          Python 3.9 or newer
python3-pytest     py:pytest        pytest
python3-redis      py:redis         the Redis client for Python
python3-fastapi    py:fastapi       FastAPI, for the tests of the Python client
python3-httpx      py:httpx         a client for these
python3-uvicorn    py:uvicorn       a server for these
openssl            openssl          makes certificates for the tests of TLS
xvfb               Xvfb             a display that nobody sees
xauth              xauth            its key
openbox            openbox          a window manager, without which no window gets the focus
xdotool            xdotool          a hand for mouse and keyboard
x11-utils          xprop            says what a window is
imagemagick        convert          takes and reads pictures
at-spi2-core       -                what assistive technology sees of a window
dbus               dbus-daemon      the bus for that
python3-gi         py:gi            its client for Python
gnome-keyring      gnome-keyring-daemon  a keyring
'

say() { printf 'rateguard: %s\n' "$*" >&2; }

# Prints the lines of a list whose packages are not installed; asks dpkg, or looks for the things themselves.
lacking() {
    if [ "$1" = by-package ]; then
        have=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' | sed -n 's/^installed //p' | tr '(),\n' '    ') "
    fi
    printf '%s\n' "$2" | while read -r package probe what; do
        case $1:$probe in
        *: | by-probe:-) continue ;;
        by-package:*) case $have in *" $package "*) continue ;; esac ;;
        *:pc:*) [ -z "${CMAKE_PREFIX_PATH:-}" ] || continue # a Qt of one's own; CMake will tell
            pkg-config --exists "${probe#pc:}" 2>/dev/null && continue ;;
        *:py:*) python3 -c "import ${probe#py:}" 2>/dev/null && continue ;;
        *) command -v "$probe" >/dev/null && continue ;;
        esac
        printf '  %-18s %-16s %s\n' "$package" "$probe" "$what"
    done
}

# The first column of such lines as one line; the first and the third for people.
names() { printf '%s\n' "$1" | while read -r package rest; do printf '%s ' "$package"; done | sed 's/ *$//'; }
explain() { printf '%s\n' "$1" | while read -r package probe what; do printf '  %-18s %s\n' "$package" "$what"; done >&2; }

# Sees to it that everything in the list is there. Asks nothing, except that sudo may ask for a password.
need() {
    if command -v dpkg-query >/dev/null; then missing=$(lacking by-package "$1"); else missing=$(lacking by-probe "$1"); fi
    [ -n "$missing" ] || return 0

    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && become_root; then
        say 'installing what is missing:'
        explain "$missing"
        install_packages $(names "$missing")
        missing=$(lacking by-package "$1")
        [ -n "$missing" ] || return 0
        tail -n 20 "$log" >&2
        say "apt could not install: $(names "$missing") (all it said is in $log)"
        exit 1
    fi

    # No way to install; what is found by itself (other packages, /usr/local) is just as good.
    missing=$(lacking by-probe "$1")
    [ -n "$missing" ] || return 0
    say 'this is missing, in the names of Debian:'
    explain "$missing"
    if command -v apt-get >/dev/null; then
        say "as root: apt-get install --no-install-recommends $(names "$missing")"
    else
        say 'there is no apt here: please install it with what this machine has for that, then run this again'
    fi
    exit 1
}

become_root() {
    [ "$(id -u)" != 0 ] || { as_root=; return 0; }
    command -v sudo >/dev/null || return 1
    as_root=sudo
    if [ -t 0 ]; then sudo true; else sudo -n true 2>/dev/null; fi
}

# The parentheses make a process of its own, whose trap undoes the mask however it ends.
install_packages() (
    mkdir -p "$root/build"
    : >"$log"
    apt="env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0"

    # Always update first: this runs once per machine, and old lists name packages that the mirrors have dropped.
    # apt waits for the lock of dpkg when told to, but never for that of its own lists. Without a network the
    # lists that are there must do, so a failure here is not the end.
    say 'apt-get update'
    until $as_root $apt update >"$log" 2>&1; do
        grep -q 'Could not get lock' "$log" || { say 'apt-get update failed; going on with the lists that are there'; break; }
        say 'waiting for another apt to finish'
        sleep 5
    done

    # Debian's package starts Redis on port 6379 and enables it for every boot, but all that is wanted here is the
    # program. So where it is new, it is masked while it is installed and disabled afterwards. The mask lives in /run:
    # even if this is killed the next boot knows nothing of it, while a policy-rc.d left behind would hold back every
    # service for good. Without systemd (containers, chroots) Debian starts nothing by itself.
    case " $* " in *' redis-server '*)
        if [ -d /run/systemd/system ]; then
            trap '$as_root systemctl unmask --runtime --quiet redis-server.service' EXIT
            trap 'exit 130' INT TERM HUP
            $as_root systemctl mask --runtime --quiet redis-server.service || true
        fi ;;
    esac

    say "apt-get install --no-install-recommends $*"
    # The shell in between is for sudo, which closes every descriptor above 2; apt takes 1 and 2 from its children.
    $as_root sh -c '"$@" 3>&1' sh $apt install -y --no-install-recommends -o APT::Status-Fd=3 "$@" </dev/null 2>&1 | show_apt

    if [ -d /run/systemd/system ]; then case " $* " in *' redis-server '*)
        $as_root systemctl unmask --runtime --quiet redis-server.service || true
        $as_root systemctl disable --quiet redis-server.service 2>>"$log" || true
        say 'the redis-server service stays off, only its program is used; systemctl enable --now redis-server turns it on' ;;
    esac; fi
)

# A line per quarter of the way instead of a thousand; the thousand go to the log.
show_apt() {
    last=
    while IFS= read -r line; do
        case $line in
        dlstatus:*) doing=downloading ;;
        pmstatus:*) doing=installing ;;
        *) printf '%s\n' "$line" >>"$log"; continue ;;
        esac
        percent=${line#*:*:}
        percent=${percent%%[.:]*}
        now="$doing $((percent / 25 * 25)) %"
        [ "$now" = "$last" ] || say "$now"
        last=$now
    done
}

# build_release [targets]: configures once, builds, and says nothing when there is nothing to build.
build_release() (
    cd "$root"
    mkdir -p "$build"
    # A folder that was moved or copied to here was configured for another place.
    if [ -f "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
        rm -rf "$build"
    fi
    if [ ! -f "$build/build.ninja" ]; then
        say 'configuring'
        # The presets make warnings errors, which is for those who change the code. Whoever only builds it must not fail
        # over what another compiler suspects (GCC 12 at -O3 sees overlapping copies inside std::string).
        if ! cmake --preset release -D CMAKE_CXX_FLAGS="${CXXFLAGS:-}" >"$log" 2>&1; then
            sed -n '/CMake Error/,$p' "$log" >&2
            say 'CMake could not configure (above). RateGuard is built with, in the names of Debian:'
            explain "$program_needs"
            exit 1
        fi
    fi
    if ! { cmake --build --preset release ${1:+--target "$@"} 2>&1 && echo 'all built'; } | show_build; then
        say 'the build failed; what went wrong first stands above, below the first line with FAILED'
        exit 1
    fi
)

# Passes on what the build says, on a terminal with the progress in one line; true if it ends well. A dry run would not
# tell beforehand whether there is anything to do: the globs of CMake make Ninja look again each time.
show_build() {
    ending=
    while IFS= read -r line; do
        case $line in
        'all built') printf '%b' "$ending" >&2; return 0 ;;
        *'Re-checking globbed directories...' | 'ninja: no work to do.') ;;
        '['*/*']'*) if [ -t 2 ]; then printf '\r\033[K%.78s' "$line" >&2; ending='\r\033[K'; else printf '%s\n' "$line" >&2; fi ;;
        *) printf '%b%s\n' "$ending" "$line" >&2; ending= ;;
        esac
    done
    return 1
}

# A bare machine has neither a locale nor a folder for a session, and Qt complains about both: it wants UTF-8, and a
# place that is nobody else's.
[ -n "${LC_ALL:-}${LC_CTYPE:-}${LANG:-}" ] || export LC_ALL=C.UTF-8
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    export XDG_RUNTIME_DIR="$root/build/session"
    mkdir -p "$root/build"
    [ -d "$XDG_RUNTIME_DIR" ] || mkdir -m 700 "$XDG_RUNTIME_DIR"
fi
