#!/bin/sh
# Starts Sổ Vàng from this folder; needs Python 3.11 to 3.14 and no network.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 3
for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
    if command -v "$python" >/dev/null 2>&1 &&
        "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
        exec "$python" "$here/start.py" "$@"
    fi
done
echo "Máy này chưa có Python 3.11–3.14. / This computer has no Python 3.11–3.14." >&2
exit 3
