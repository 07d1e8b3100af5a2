#!/bin/sh
# Batches on file systems of their own: small_disks.sh PROGRAM
# A disk of 2 MB that is full at every step of a batch: each try stops with its words and its code, finished runs are kept, and with room again the
# batch has the bytes of one that never lacked any. Then a disk that cannot be written. Leaves with 77 where such disks cannot be mounted.
set -u
if [ "${1:-}" != inside ]; then
    program=$(realpath "$1")
    for own in "unshare --user --map-root-user --mount" "unshare --mount"; do
        $own sh -c 'mount -t tmpfs -o size=2m none /mnt' 2>/dev/null && exec $own sh "$0" inside "$program"
    done
    echo "not played: a file system of its own needs user namespaces or root"
    exit 77
fi
program=$2
work=$(mktemp -d)
trap 'umount "$work/disk" "$work/fixed" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" && mkdir disk fixed
wrong=0
fail() {
    echo "WRONG: $*"
    wrong=1
}

# tried WORDS...: runs the program; $code, and what it said in said.txt
tried() {
    "$program" "$@" >said.txt 2>&1
    code=$?
}

# stopped: the last try was refused as a disk without room is
stopped() {
    [ $code = 6 ] || fail "code $code, not 6: $(cat said.txt)"
    grep -q 'rackrace: .*: cannot be written.*; check that the folder can be written and that the disk has room' said.txt || fail "no place, fact and advice: $(cat said.txt)"
    grep -q ' of 60 runs are finished and kept; go on: rackrace resume disk/b' said.txt || fail "does not say how to go on: $(cat said.txt)"
    now=$(sed -n 's/ of 60 runs are finished.*//p' said.txt)
    [ "${now:-0}" -ge "$kept" ] || fail "$now runs are kept, $kept were"
    kept=$now
    place=$(sed -n 's/^rackrace: disk\/b\/\([^:]*\): cannot.*/\1/p' said.txt)
    case " $places" in *" $place "*) ;; *) places="$places$place " ;; esac
}

# leave KB: fills the disk but for so much
leave() {
    rm -f disk/filler
    free=$(($(df -k disk | awk 'END { print $4 }') - $1))
    [ $free -le 0 ] || head -c $((free * 1024)) /dev/zero >disk/filler
}

printf 'scenario = "small"\nseeds = { first = 1, count = 60 }\n[vary]\nend = "2026Q3"\n' >plan.toml
printf 'scenario = "small"\nseeds = { first = 1, count = 900 }\n' >large.toml
mount -t tmpfs -o size=2m none disk || exit 77
tried sweep plan.toml --out whole
[ $code = 0 ] || fail "on a disk with room: $(cat said.txt)"

# What cannot fit is refused before anything is made.
tried sweep large.toml --out disk/b
[ $code = 6 ] && grep -q 'disk/b: 900 runs take .* GB, the disk has .* GB free; ' said.txt && [ ! -e disk/b ] || fail "a batch that cannot fit: code $code, $(cat said.txt)"

# grow: lets the batch go on with 8 KB more room a time, until it is complete
grow() {
    room=0
    while leave $room; tried resume disk/b --threads 1; [ $code != 0 ] && [ $room -lt 1600 ]; do
        stopped
        room=$((room + 8))
    done
    [ $code = 0 ] || fail "with room again: code $code, $(cat said.txt)"
    for file in whole/*; do
        case $file in */command.txt | */frozen) continue ;; esac
        cmp "$file" "disk/b/${file#whole/}" || fail "$file differs"
    done
    [ -z "$(find disk/b -name '*.partial' -o -name 'work.sqlite*')" ] || fail "left behind: $(ls disk/b)"
}

# met STEP...: whether the disk was full at each
met() {
    for step; do
        case " $places" in *" $step "*) ;; *) fail "never full at $step, but at $places" ;; esac
    done
}

# begin: a batch that a limit on the size of files stops among its runs
begin() {
    rm -rf disk/filler disk/b
    kept=0
    (ulimit -f 500; "$program" sweep plan.toml --threads 1 --out disk/b) >said.txt 2>&1
    code=$?
    stopped
}

# Something else fills the disk while the runs are played.
places=""
begin
grow
met work.sqlite

# The same once they all are: a folder in the way of the first file has stopped the batch there.
begin
mkdir -p disk/b/runs.csv.partial/full
tried resume disk/b
stopped
[ $kept = 60 ] || fail "$kept runs are kept, not 60"
rm -r disk/b/runs.csv.partial
places=""
grow
met runs.csv quarters.csv panel.csv batch.sqlite
[ ! -e whole/panel.nc ] || met panel.nc

# A disk that is mounted to be read only.
mount -t tmpfs -o ro none fixed || fail "cannot mount"
tried sweep plan.toml --out fixed/b
[ $code = 6 ] || fail "code $code on a disk that is read only"
grep -q 'fixed/.*cannot be made: Read-only file system; check that the folder can be written' said.txt || fail "on a disk that is read only: $(cat said.txt)"
umount fixed
cp -r whole left && mv left/batch.sqlite left/work.sqlite
mount --bind left fixed && mount -o remount,bind,ro fixed || fail "cannot mount"
tried resume fixed
[ $code = 6 ] || fail "code $code, to go on where nothing can be written"
grep -q 'fixed/work.sqlite: cannot be opened: .*; check that the folder can be written' said.txt || fail "to go on where nothing can be written: $(cat said.txt)"
umount fixed
[ $wrong = 0 ] && echo "full at $places: as it should be"
exit $wrong
