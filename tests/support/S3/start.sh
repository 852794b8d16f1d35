#!/usr/bin/env bash
# Starts an S3 server of its own on loopback, for tests: a monitor, one store and the gateway of Ceph, and a key service.
#
#   start.sh [--parent pid]
#
# Prints NAME=value lines: where it listens, the keys of its two users, and S3_STATE, which stop.sh wants. With --parent the server ends
# when that process does, however it ends. Any number of servers can run side by side.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$("$here/folder.sh")
parent=
while [ $# -gt 0 ]; do
    case $1 in
        --parent) parent=$2; shift 2 ;;
        *) echo "start.sh: what is $1?" >&2; exit 2 ;;
    esac
done

root=$folder/root
[ -x "$root/usr/bin/radosgw" ] || { echo "start.sh: the server is not installed; run install.sh." >&2; exit 1; }

# The time of the folder tells when it was used last.
touch "$folder"

# A machine that was switched off leaves what its servers stored, and nobody else would ever take it away.
while read -r old; do
    "$here/stop.sh" "$old" || true
done < <(find "$root/tmp" -mindepth 1 -maxdepth 1 -name 's3-*' -mmin +1440)

# The server sees its own root folder only, so its state lives in there. `state` is the path as this script sees it, `inside` as the
# server does.
state=$(mktemp -d "$root/tmp/s3-XXXXXXXX")
inside=${state#"$root"}
pids=$state/pids
mkdir "$state"/{log,run,mon,osd,rgw}
: > "$pids"

finish() {
    status=$?
    [ "$status" = 0 ] && return
    tail -n 5 "$state"/log/*.out >&2 || true
    "$here/stop.sh" "$state" || true
}
trap finish EXIT

# Nothing of the environment reaches the server: a proxy set there would come between the gateway and its key service.
inside_root() { env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 chroot "$root" "$@"; }

# Runs an administrative command; its output matters only where it fails.
step() { inside_root timeout 60 "$@" > "$state/log/step.out" 2>&1; }

# Starts a program that stays, in a session of its own so that Ctrl+C reaches the tests and not the server, and notes its process id.
serve() {
    local name=$1
    shift
    setsid env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 chroot "$root" "$@" > "$state/log/$name.out" 2>&1 < /dev/null &
    echo "$!" >> "$pids"
    disown
}

# A parent that is killed cannot stop the server, so somebody else watches it. The watcher also waits for this script: until then more
# processes may be coming. It is in no pid file, and ends by itself, because stop.sh is what it does last.
if [ -n "$parent" ]; then
    setsid bash -c 'tail --pid="$1" -f /dev/null; tail --pid="$2" -f /dev/null; exec "$3" "$4"' \
        watcher "$parent" "$$" "$here/stop.sh" "$state" > /dev/null 2>&1 < /dev/null &
fi

# Four ports that are free now, below those that the system gives to outgoing connections, so that they stay free until they are used.
read -r port tls_port mon_port key_port < <(inside_root python3 - << 'X'
import random, socket

held = []
while len(held) < 4:
    candidate = socket.socket()
    try:
        candidate.bind(("127.0.0.1", random.randrange(12000, 32000)))
        held.append(candidate)
    except OSError:
        candidate.close()
print(*(one.getsockname()[1] for one in held))
X
)

id=$(cat /proc/sys/kernel/random/uuid)
store_id=$(cat /proc/sys/kernel/random/uuid)
sed "s|@id@|$id|g; s|@state@|$inside|g; s|@port@|$port|g; s|@tls_port@|$tls_port|g; s|@mon_port@|$mon_port|g; s|@key_port@|$key_port|g" \
    "$here/ceph.conf.in" > "$state/ceph.conf"
cp "$here/sse-stub.py" "$state/sse-stub.py"
conf=$inside/ceph.conf

serve keys python3 "$inside/sse-stub.py" "$key_port" "$inside/master.key"
step openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -keyout "$inside/tls.key" -out "$inside/tls.crt" \
    -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1

step monmaptool --create --fsid "$id" --addv a "[v2:127.0.0.1:$mon_port]" "$inside/monmap"
step ceph-mon -c "$conf" --mkfs -i a --monmap "$inside/monmap"
serve mon ceph-mon -c "$conf" -f -i a

step ceph -c "$conf" osd new "$store_id"
step ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$store_id"
serve osd ceph-osd -c "$conf" -f -i 0
serve gateway radosgw -c "$conf" -f -n client.rgw.test

# Ready when the gateway answers; hopeless when one of the processes is gone.
answers() { (exec 3<> "/dev/tcp/127.0.0.1/$port" && printf 'GET / HTTP/1.0\r\n\r\n' >&3 && read -r -t 10 line <&3 && [[ $line == HTTP/* ]]) 2> /dev/null; }
deadline=$((SECONDS + 120))
until answers; do
    while read -r pid; do
        [ -d "/proc/$pid" ] || { echo "start.sh: process $pid has ended." >&2; exit 1; }
    done < "$pids"
    [ "$SECONDS" -lt "$deadline" ] || { echo "start.sh: the gateway does not answer." >&2; exit 1; }
    sleep 0.1
done

add_user() {
    step radosgw-admin -c "$conf" -n client.rgw.test user create --uid="$1" --display-name="$1" --access-key="$2" --secret-key="$3"
}
add_user test testaccess testsecret0123456789
add_user other otheraccess othersecret0123456789

cat << X
S3_ENDPOINT=http://127.0.0.1:$port
S3_TLS_ENDPOINT=https://127.0.0.1:$tls_port
S3_CA_FILE=$state/tls.crt
S3_REGION=default
S3_ACCESS_KEY=testaccess
S3_SECRET_KEY=testsecret0123456789
S3_OTHER_ACCESS_KEY=otheraccess
S3_OTHER_SECRET_KEY=othersecret0123456789
S3_STATE=$state
X
