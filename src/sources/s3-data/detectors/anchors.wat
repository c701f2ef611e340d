;; Finds the places of a text where a detector should look, 64 bytes at a time, with the SIMD instructions of WebAssembly.
;;
;; Of each block it makes sets of bytes, as 64-bit masks (the lowest bit is the first byte): digits, separators, @, and
;; the letters of access keys. "Four digits, before them a separator, before it two digits" is then a few shifts of them,
;; for all 64 bytes at once. What comes in from the block before is kept beside each mask.
;;
;; anchors.ts is what calls it; scripts/build-wasm.js compiles it.

(module
  ;; 0x00000  the anchors: address and kind, as address * 4 + kind
  ;; 0x40000  64 bytes that come before, the bytes to look at, and 64 zeros
  (memory (export "memory") 10)

  (func $eq (param $a i32) (param $byte i32) (result i64)
    (local $v v128)
    (local.set $v (i8x16.splat (local.get $byte)))
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load (local.get $a)) (local.get $v))))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=16 (local.get $a)) (local.get $v)))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=32 (local.get $a)) (local.get $v)))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=48 (local.get $a)) (local.get $v)))) (i64.const 48)))))

  ;; Bytes that are, once $fold is set in them, in the range that begins with $first and has $count bytes.
  (func $in (param $a i32) (param $fold i32) (param $first i32) (param $count i32) (result i64)
    (local $f v128) (local $v v128) (local $n v128)
    (local.set $f (i8x16.splat (local.get $fold)))
    (local.set $v (i8x16.splat (local.get $first)))
    (local.set $n (i8x16.splat (local.get $count)))
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (i8x16.lt_u (i8x16.sub (v128.or (v128.load (local.get $a)) (local.get $f)) (local.get $v)) (local.get $n))))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.lt_u (i8x16.sub (v128.or (v128.load offset=16 (local.get $a)) (local.get $f)) (local.get $v)) (local.get $n)))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.lt_u (i8x16.sub (v128.or (v128.load offset=32 (local.get $a)) (local.get $f)) (local.get $v)) (local.get $n)))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.lt_u (i8x16.sub (v128.or (v128.load offset=48 (local.get $a)) (local.get $f)) (local.get $v)) (local.get $n)))) (i64.const 48)))))

  ;; What the bytes $by places before are; $before is the mask of the block before.
  (func $back (param $mask i64) (param $before i64) (param $by i64) (result i64)
    (i64.or
      (i64.shl (local.get $mask) (local.get $by))
      (i64.shr_u (local.get $before) (i64.sub (i64.const 64) (local.get $by)))))

  ;; Looks at the bytes from $from to $end. Before $from are 64 bytes that were looked at already, after $end 64 that may
  ;; be looked at. Writes the anchors in order, and gives how many they are. Their kinds:
  ;;   0  the byte after digits that may end a number of one of the forms  dd-dddd, dddddd-ddddd, 15 digits or more
  ;;   1  an @ with a letter or digit after it
  ;;   2  AKIA or ASIA
  (func (export "anchors") (param $from i32) (param $end i32) (result i32)
    (local $at i32)
    (local $out i32)
    (local $digits i64) (local $digitsBefore i64)
    (local $gaps i64) (local $gapsBefore i64)
    (local $fours i64) (local $foursBefore i64)    ;; after four digits
    (local $eights i64) (local $eightsBefore i64)  ;; after eight
    (local $ats i64) (local $atsBefore i64)
    (local $a i64) (local $aBefore i64)
    (local $i i64) (local $iBefore i64)
    (local $ks i64) (local $ksBefore i64)
    (local $numbers i64) (local $emails i64) (local $keys i64)
    (local $all i64)
    (local $bit i64)
    (local $place i32)

    (local.set $at (i32.sub (local.get $from) (i32.const 64)))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $digits (call $in (local.get $at) (i32.const 0) (i32.const 0x30) (i32.const 10)))
        (local.set $ats (call $eq (local.get $at) (i32.const 0x40)))
        (local.set $a (call $eq (local.get $at) (i32.const 0x41)))

        ;; numbers
        (local.set $fours
          (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 1))
                   (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 2))))
        (local.set $fours
          (i64.and (local.get $fours)
            (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 3))
                     (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 4)))))
        (local.set $gaps
          (i64.or (call $eq (local.get $at) (i32.const 0x2d))
            (i64.or (call $eq (local.get $at) (i32.const 0x20)) (call $eq (local.get $at) (i32.const 0x2e)))))
        (local.set $eights
          (i64.and (local.get $fours) (call $back (local.get $fours) (local.get $foursBefore) (i64.const 4))))
        (local.set $numbers
          (i64.and
            (i64.and (local.get $fours) (i64.xor (local.get $digits) (i64.const -1)))
            (i64.or
              (i64.or
                ;; four digits
                (i64.and
                  (call $back (local.get $gaps) (local.get $gapsBefore) (i64.const 5))
                  (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 6))
                           (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 7))))
                ;; five, before them four or more
                (i64.and
                  (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 5))
                           (call $back (local.get $gaps) (local.get $gapsBefore) (i64.const 6)))
                  (call $back (local.get $fours) (local.get $foursBefore) (i64.const 6))))
              ;; fifteen or more
              (i64.and (local.get $eights)
                       (call $back (local.get $eights) (local.get $eightsBefore) (i64.const 7))))))

        ;; e-mail addresses: the letter or digit after the @
        (local.set $emails (call $back (local.get $ats) (local.get $atsBefore) (i64.const 1)))
        (if (i64.ne (local.get $emails) (i64.const 0))
          (then
            (local.set $emails
              (i64.and (local.get $emails)
                (i64.or (local.get $digits)
                        (call $in (local.get $at) (i32.const 0x20) (i32.const 0x61) (i32.const 26)))))))

        ;; access keys: the last letter of AKIA and ASIA
        (local.set $i (call $eq (local.get $at) (i32.const 0x49)))
        (local.set $ks (i64.or (call $eq (local.get $at) (i32.const 0x4b)) (call $eq (local.get $at) (i32.const 0x53))))
        (local.set $keys
          (i64.and
            (i64.and (local.get $a) (call $back (local.get $i) (local.get $iBefore) (i64.const 1)))
            (i64.and (call $back (local.get $ks) (local.get $ksBefore) (i64.const 2))
                     (call $back (local.get $a) (local.get $aBefore) (i64.const 3)))))

        (local.set $digitsBefore (local.get $digits))
        (local.set $gapsBefore (local.get $gaps))
        (local.set $foursBefore (local.get $fours))
        (local.set $eightsBefore (local.get $eights))
        (local.set $atsBefore (local.get $ats))
        (local.set $aBefore (local.get $a))
        (local.set $iBefore (local.get $i))
        (local.set $ksBefore (local.get $ks))

        (local.set $all (i64.or (local.get $numbers) (i64.or (local.get $emails) (local.get $keys))))
        (if (i32.and (i64.ne (local.get $all) (i64.const 0)) (i32.ge_u (local.get $at) (local.get $from)))
          (then
            (loop $bits
              (local.set $bit (i64.and (local.get $all) (i64.sub (i64.const 0) (local.get $all))))
              (local.set $place
                (i32.shl (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $all)))) (i32.const 2)))
              ;; an anchor of a key is its first letter, of an address the @
              (i32.store (local.get $out)
                (select (local.get $place)
                  (select
                    (i32.sub (local.get $place) (i32.const 3))
                    (i32.sub (local.get $place) (i32.const 10))
                    (i32.wrap_i64 (i64.shr_u (i64.and (local.get $emails) (local.get $bit)) (i64.ctz (local.get $all)))))
                  (i32.wrap_i64 (i64.shr_u (i64.and (local.get $numbers) (local.get $bit)) (i64.ctz (local.get $all))))))
              (local.set $out (i32.add (local.get $out) (i32.const 4)))
              (local.set $all (i64.xor (local.get $all) (local.get $bit)))
              (br_if $bits (i64.ne (local.get $all) (i64.const 0))))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))
    (i32.shr_u (local.get $out) (i32.const 2))))
