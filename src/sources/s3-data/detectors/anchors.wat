;; Finds the places of a text where a detector should look, 64 bytes at a time, with the SIMD instructions of WebAssembly.
;;
;; Of each block it makes sets of bytes, as 64-bit masks (the lowest bit is the first byte): digits, separators, @, and
;; the letters of access keys. "Four digits, before them a separator, before it two digits" is then a few shifts of them,
;; for all 64 bytes at once. What comes in from the block before is kept beside each mask. Where a run of bytes ends is an
;; addition: a bit that is added at its beginning is carried through it.
;;
;; What it leaves out is no match; what it gives may be one. It is as strict as it takes for texts that are made of
;; nothing but what looks like the beginning of a match.
;;
;; anchors.ts is what calls it; scripts/build-wasm.js compiles it.

(module
  ;; 0x00000  the anchors: address and kind, as address * 8 + kind
  ;; 0x40000  128 bytes that come before, the bytes to look at, and 64 zeros
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

  ;; Whether the sixteen digits in four groups, with a byte between them, have a last one that is right by Luhn's formula.
  (func $luhn (param $a i32) (result i32)
    (local $v v128)
    (local.set $v
      (i8x16.sub
        (i8x16.shuffle 0 1 2 3 5 6 7 8 10 11 12 13 28 29 30 31
          (v128.load (local.get $a)) (v128.load offset=3 (local.get $a)))
        (i8x16.splat (i32.const 0x30))))
    ;; every second one, from the first on, twice
    (local.set $v
      (i8x16.add (local.get $v)
        (v128.and (local.get $v) (v128.const i8x16 255 0 255 0 255 0 255 0 255 0 255 0 255 0 255 0))))
    (local.set $v
      (i8x16.sub (local.get $v)
        (v128.and (i8x16.gt_u (local.get $v) (i8x16.splat (i32.const 9))) (i8x16.splat (i32.const 9)))))
    (local.set $v (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $v))))
    (i32.eqz
      (i32.rem_u
        (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $v)) (i32x4.extract_lane 1 (local.get $v)))
          (i32.add (i32x4.extract_lane 2 (local.get $v)) (i32x4.extract_lane 3 (local.get $v))))
        (i32.const 10))))

  ;; Looks at the bytes from $from to $end. Before $from are 128 bytes that were looked at already, after $end 64 that may
  ;; be looked at. Writes the anchors in order, and gives how many they are. No byte has two. Their kinds:
  ;;   0  the byte after  ddd-dd-dddd
  ;;   1  the byte after  ddd dddd, before it no digit
  ;;   2  the byte after  dddd dddd dddd dddd that pass Luhn's formula, dddd dddddd ddddd, or 15 digits or more
  ;;   3  the letter or digit after the first dot after an @ and one or more of a host's letters, digits and hyphens
  ;;   4  the first byte of AKIA or ASIA
  (func (export "anchors") (param $from i32) (param $end i32) (result i32)
    (local $at i32)
    (local $out i32)
    (local $digits i64) (local $digitsBefore i64)
    (local $threes i64) (local $threesBefore i64)  ;; after three digits
    (local $fours i64) (local $foursBefore i64)    ;; after four
    (local $hyphens i64) (local $hyphensBefore i64)
    (local $dots i64)
    (local $gaps i64) (local $gapsBefore i64)      ;; hyphens and spaces
    (local $anyGaps i64) (local $anyGapsBefore i64) ;; dots too
    (local $ats i64) (local $atsBefore i64)
    (local $letters i64)
    (local $run i64)
    (local $start i64)
    (local $sum i64)
    (local $carry i64)                             ;; of a host that goes on in the next block
    (local $hostDots i64) (local $hostDotsBefore i64)
    (local $a i64) (local $aBefore i64)
    (local $ends i64) (local $numbers i64)
    (local $ssns i64) (local $phones i64) (local $groups i64) (local $cards i64) (local $emails i64) (local $keys i64)
    (local $all i64)
    (local $bit i64)
    (local $byte i32)

    (local.set $at (i32.sub (local.get $from) (i32.const 128)))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $digits (call $in (local.get $at) (i32.const 0) (i32.const 0x30) (i32.const 10)))
        (local.set $hyphens (call $eq (local.get $at) (i32.const 0x2d)))
        (local.set $dots (call $eq (local.get $at) (i32.const 0x2e)))
        (local.set $gaps (i64.or (local.get $hyphens) (call $eq (local.get $at) (i32.const 0x20))))
        (local.set $anyGaps (i64.or (local.get $gaps) (local.get $dots)))
        (local.set $ats (call $eq (local.get $at) (i32.const 0x40)))
        (local.set $a (call $eq (local.get $at) (i32.const 0x41)))

        ;; numbers
        (local.set $threes
          (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 1))
            (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 2))
                     (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 3)))))
        (local.set $fours
          (i64.and (local.get $threes) (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 4))))
        (local.set $ends (i64.and (local.get $fours) (i64.xor (local.get $digits) (i64.const -1))))
        (local.set $numbers (i64.const 0))
        (local.set $groups (i64.const 0))
        (if (i64.ne (local.get $ends) (i64.const 0))
          (then
            (local.set $ssns
              (i64.and
                (i64.and (local.get $ends)
                  (i64.and (call $back (local.get $hyphens) (local.get $hyphensBefore) (i64.const 5))
                           (call $back (local.get $hyphens) (local.get $hyphensBefore) (i64.const 8))))
                (i64.and
                  (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 6))
                           (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 7)))
                  (call $back (local.get $threes) (local.get $threesBefore) (i64.const 8)))))
            (local.set $phones
              (i64.and
                (i64.and (local.get $ends) (call $back (local.get $anyGaps) (local.get $anyGapsBefore) (i64.const 5)))
                (i64.and
                  (call $back (local.get $threes) (local.get $threesBefore) (i64.const 5))
                  (i64.xor (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 9)) (i64.const -1)))))
            (local.set $groups
              (i64.and
                (i64.and
                  (i64.and (local.get $ends) (call $back (local.get $gaps) (local.get $gapsBefore) (i64.const 5)))
                  (i64.and (call $back (local.get $fours) (local.get $foursBefore) (i64.const 5))
                           (call $back (local.get $gaps) (local.get $gapsBefore) (i64.const 10))))
                (i64.and
                  (i64.and (call $back (local.get $fours) (local.get $foursBefore) (i64.const 10))
                           (call $back (local.get $gaps) (local.get $gapsBefore) (i64.const 15)))
                  (call $back (local.get $fours) (local.get $foursBefore) (i64.const 15)))))
            (local.set $cards
              (i64.or
                (i64.and
                  (i64.and (local.get $ends)
                    (i64.and (call $back (local.get $digits) (local.get $digitsBefore) (i64.const 5))
                             (call $back (local.get $gaps) (local.get $gapsBefore) (i64.const 6))))
                  (i64.and
                    (i64.and (call $back (local.get $threes) (local.get $threesBefore) (i64.const 6))
                             (call $back (local.get $threes) (local.get $threesBefore) (i64.const 9)))
                    (i64.and (call $back (local.get $gaps) (local.get $gapsBefore) (i64.const 13))
                             (call $back (local.get $fours) (local.get $foursBefore) (i64.const 13)))))
                (i64.and
                  (i64.and (local.get $ends) (call $back (local.get $fours) (local.get $foursBefore) (i64.const 4)))
                  (i64.and (call $back (local.get $fours) (local.get $foursBefore) (i64.const 7))
                           (call $back (local.get $fours) (local.get $foursBefore) (i64.const 11))))))
            (local.set $cards (i64.or (local.get $cards) (local.get $groups)))
            (local.set $numbers (i64.or (local.get $ssns) (i64.or (local.get $phones) (local.get $cards))))))

        ;; e-mail addresses
        (local.set $start (call $back (local.get $ats) (local.get $atsBefore) (i64.const 1)))
        (local.set $emails (i64.const 0))
        (local.set $hostDots (i64.const 0))
        (if (i64.ne (i64.or (local.get $hostDotsBefore) (i64.or (local.get $start) (local.get $carry))) (i64.const 0))
          (then
            (local.set $letters (call $in (local.get $at) (i32.const 0x20) (i32.const 0x61) (i32.const 26)))
            (local.set $run (i64.or (i64.or (local.get $letters) (local.get $digits)) (local.get $hyphens)))
            (local.set $start (i64.and (local.get $start) (i64.or (local.get $letters) (local.get $digits))))
            (local.set $start (i64.add (local.get $run) (local.get $start)))
            (local.set $sum (i64.add (local.get $start) (local.get $carry)))
            (local.set $carry
              (i64.extend_i32_u
                (i32.or (i64.lt_u (local.get $start) (local.get $run)) (i64.lt_u (local.get $sum) (local.get $start)))))
            (local.set $hostDots
              (i64.and (local.get $dots) (i64.and (local.get $sum) (i64.xor (local.get $run) (i64.const -1)))))
            (local.set $emails
              (i64.and (call $back (local.get $hostDots) (local.get $hostDotsBefore) (i64.const 1))
                       (i64.or (local.get $letters) (local.get $digits))))))

        ;; access keys: the last letter of AKIA and ASIA
        (local.set $keys (i64.and (local.get $a) (call $back (local.get $a) (local.get $aBefore) (i64.const 3))))
        (if (i64.ne (local.get $keys) (i64.const 0))
          (then
            (local.set $keys
              (i64.and (local.get $keys)
                (i64.and
                  (call $eq (i32.sub (local.get $at) (i32.const 1)) (i32.const 0x49))
                  (i64.or
                    (call $eq (i32.sub (local.get $at) (i32.const 2)) (i32.const 0x4b))
                    (call $eq (i32.sub (local.get $at) (i32.const 2)) (i32.const 0x53))))))))

        (local.set $digitsBefore (local.get $digits))
        (local.set $threesBefore (local.get $threes))
        (local.set $foursBefore (local.get $fours))
        (local.set $hyphensBefore (local.get $hyphens))
        (local.set $gapsBefore (local.get $gaps))
        (local.set $anyGapsBefore (local.get $anyGaps))
        (local.set $atsBefore (local.get $ats))
        (local.set $hostDotsBefore (local.get $hostDots))
        (local.set $aBefore (local.get $a))

        (local.set $all (i64.or (local.get $numbers) (i64.or (local.get $emails) (local.get $keys))))
        (if (i32.and (i64.ne (local.get $all) (i64.const 0)) (i32.ge_u (local.get $at) (local.get $from)))
          (then
            (loop $bits
              (local.set $bit (i64.and (local.get $all) (i64.sub (i64.const 0) (local.get $all))))
              (local.set $byte (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $all)))))
              (local.set $all (i64.xor (local.get $all) (local.get $bit)))
              (i32.store (local.get $out)
                (i32.add (i32.shl (local.get $byte) (i32.const 3))
                  (if (result i32) (i64.ne (i64.and (local.get $emails) (local.get $bit)) (i64.const 0))
                    (then (i32.const 3))
                    (else
                      (if (result i32) (i64.ne (i64.and (local.get $keys) (local.get $bit)) (i64.const 0))
                        ;; of a key the first letter
                        (then (i32.sub (i32.const 4) (i32.const 24)))
                        (else
                          (i32.add
                            (i64.ne (i64.and (local.get $phones) (local.get $bit)) (i64.const 0))
                            (i32.shl (i64.ne (i64.and (local.get $cards) (local.get $bit)) (i64.const 0)) (i32.const 1)))))))))
              ;; what is no card after all is overwritten
              (if (i64.eqz (i64.and (local.get $groups) (local.get $bit)))
                (then (local.set $out (i32.add (local.get $out) (i32.const 4))))
                (else
                  (local.set $out
                    (i32.add (local.get $out)
                      (i32.shl (call $luhn (i32.sub (local.get $byte) (i32.const 19))) (i32.const 2))))))
              (br_if $bits (i64.ne (local.get $all) (i64.const 0))))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))
    (i32.shr_u (local.get $out) (i32.const 2))))
