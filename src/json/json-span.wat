;; Finds the end of a JSON object or list, 16 bytes at a time, with the SIMD instructions of WebAssembly.
;;
;; Of each block it makes sets of bytes, as 16-bit masks (the lowest bit is the first byte): quotes, backslashes,
;; control characters, brackets. Which bytes lie in texts follows from the quotes without a loop. What is left to look
;; at one by one are brackets outside of texts, and control characters.
;;
;; json-span.ts is what calls it; scripts/build-wasm.js compiles it.

(module
  ;; 0x0000  opening brackets of the span, outermost first: 1000 bytes at most
  ;; 0x0400  $depth, how many of them are open        } of a span that goes on, or where it is broken;
  ;; 0x0404  $text, as below                          } written before a negative result
  ;; 0x0408  $at, the address of the broken byte      }
  ;; 0x1000  the bytes to look at, and 16 spaces
  (memory (export "memory") 6)

  ;; Looks at the bytes from $at to $end, of which 16 spaces must follow. $depth and $text are 0 for a span that begins
  ;; here (with its opening bracket), else what was written when it went on. Gives the address after the closing bracket
  ;; of the span, or
  ;;   -1  it goes on
  ;;   -2  a byte that cannot stand here: a control character, or a bracket that closes another kind
  ;;   -3  a control character in a text
  ;;   -4  an opening bracket too many
  (func (export "endOfSpan")
    (param $at i32) (param $end i32) (param $depth i32)
    (param $text i32)        ;; 0 outside of texts, 1 in one, 2 in one and after a backslash
    (result i32)
    (local $block v128)
    (local $folded v128)     ;; the block with [ and ] made { and }
    (local $quotes i32)
    (local $backslashes i32)
    (local $controls i32)
    (local $inTexts i32)     ;; bytes in texts, with the opening quotes
    (local $carry i32)       ;; all bits set when the block begins in a text, else 0
    (local $escaped i32)     ;; address of the byte after the last backslash that escapes
    (local $events i32)      ;; bytes to look at one by one
    (local $bit i32)
    (local $address i32)
    (local $byte i32)
    (local $problem i32)

    (local.set $carry (select (i32.const -1) (i32.const 0) (local.get $text)))
    (local.set $escaped (select (local.get $at) (i32.const 0) (i32.eq (local.get $text) (i32.const 2))))

    (block $broken
      (block $goesOn
        (loop $blocks
          (br_if $goesOn (i32.ge_u (local.get $at) (local.get $end)))
          (local.set $block (v128.load (local.get $at)))
          (local.set $folded (v128.or (local.get $block) (i8x16.splat (i32.const 0x20))))
          (local.set $quotes
            (i8x16.bitmask (i8x16.eq (local.get $block) (i8x16.splat (i32.const 0x22)))))
          (local.set $backslashes
            (i8x16.bitmask (i8x16.eq (local.get $block) (i8x16.splat (i32.const 0x5c)))))
          (local.set $controls
            (i8x16.bitmask (i8x16.lt_u (local.get $block) (i8x16.splat (i32.const 0x20)))))
          (local.set $events
            (i8x16.bitmask
              (v128.or
                (i8x16.eq (local.get $folded) (i8x16.splat (i32.const 0x7b)))
                (i8x16.eq (local.get $folded) (i8x16.splat (i32.const 0x7d))))))

          ;; What is escaped is neither quote nor backslash nor control character.
          (if (i32.eq (local.get $escaped) (local.get $at))
            (then
              (local.set $quotes (i32.and (local.get $quotes) (i32.const -2)))
              (local.set $backslashes (i32.and (local.get $backslashes) (i32.const -2)))
              (local.set $controls (i32.and (local.get $controls) (i32.const -2)))))
          (block $noMoreBackslashes
            (loop $eachBackslash
              (br_if $noMoreBackslashes (i32.eqz (local.get $backslashes)))
              (local.set $address (i32.add (local.get $at) (i32.ctz (local.get $backslashes))))
              (local.set $bit (i32.and (local.get $backslashes) (i32.sub (i32.const 0) (local.get $backslashes))))
              (local.set $backslashes (i32.xor (local.get $backslashes) (local.get $bit)))
              ;; Only in texts does it escape: after an odd number of quotes, or an even one where a text goes on.
              (br_if $eachBackslash
                (i32.eqz
                  (i32.and
                    (i32.const 1)
                    (i32.xor
                      (local.get $carry)
                      (i32.popcnt
                        (i32.and (local.get $quotes) (i32.sub (local.get $bit) (i32.const 1))))))))
              (local.set $escaped (i32.add (local.get $address) (i32.const 1)))
              (local.set $bit (i32.xor (i32.shl (local.get $bit) (i32.const 1)) (i32.const -1)))
              (local.set $quotes (i32.and (local.get $quotes) (local.get $bit)))
              (local.set $backslashes (i32.and (local.get $backslashes) (local.get $bit)))
              (local.set $controls (i32.and (local.get $controls) (local.get $bit)))
              (br $eachBackslash)))

          ;; Each bit becomes the parity of the quotes up to it: four times, the sums of 1, 2, 4 and 8 bits are added.
          (local.set $inTexts (i32.xor (local.get $quotes) (i32.shl (local.get $quotes) (i32.const 1))))
          (local.set $inTexts (i32.xor (local.get $inTexts) (i32.shl (local.get $inTexts) (i32.const 2))))
          (local.set $inTexts (i32.xor (local.get $inTexts) (i32.shl (local.get $inTexts) (i32.const 4))))
          (local.set $inTexts (i32.xor (local.get $inTexts) (i32.shl (local.get $inTexts) (i32.const 8))))
          (local.set $inTexts (i32.xor (local.get $inTexts) (local.get $carry)))
          (local.set $carry (i32.shr_s (i32.extend16_s (local.get $inTexts)) (i32.const 15)))

          (local.set $events
            (i32.or
              (local.get $controls)
              (i32.and (local.get $events) (i32.xor (local.get $inTexts) (i32.const -1)))))
          (block $noMoreEvents
            (loop $eachEvent
              (br_if $noMoreEvents (i32.eqz (local.get $events)))
              (local.set $address (i32.add (local.get $at) (i32.ctz (local.get $events))))
              (local.set $events
                (i32.and (local.get $events) (i32.sub (local.get $events) (i32.const 1))))
              (local.set $byte (i32.load8_u (local.get $address)))
              (if (i32.lt_u (local.get $byte) (i32.const 0x20))
                (then
                  (local.set $problem (i32.const -3))
                  (br_if $broken
                    (i32.and
                      (i32.const 1)
                      (i32.shr_u (local.get $inTexts) (i32.sub (local.get $address) (local.get $at)))))
                  (br_if $eachEvent (i32.eq (local.get $byte) (i32.const 0x0a)))
                  (br_if $eachEvent (i32.eq (local.get $byte) (i32.const 0x0d)))
                  (br_if $eachEvent (i32.eq (local.get $byte) (i32.const 0x09)))
                  (local.set $problem (i32.const -2))
                  (br $broken)))
              ;; Opening brackets, 0x5b and 0x7b, have this bit; closing ones, which are two more, do not.
              (if (i32.and (local.get $byte) (i32.const 2))
                (then
                  (local.set $problem (i32.const -4))
                  (br_if $broken (i32.eq (local.get $depth) (i32.const 1000)))
                  (i32.store8 (local.get $depth) (local.get $byte))
                  (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
                  (br $eachEvent)))
              (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
              (local.set $problem (i32.const -2))
              (br_if $broken
                (i32.ne
                  (i32.load8_u (local.get $depth))
                  (i32.sub (local.get $byte) (i32.const 2))))
              (br_if $eachEvent (local.get $depth))
              (return (i32.add (local.get $address) (i32.const 1)))))

          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $blocks)))

      ;; goes on
      (i32.store (i32.const 0x400) (local.get $depth))
      (i32.store (i32.const 0x404)
        (i32.and
          (local.get $carry)
          (select (i32.const 2) (i32.const 1) (i32.eq (local.get $escaped) (local.get $end)))))
      (return (i32.const -1)))

    ;; broken
    (i32.store (i32.const 0x408) (local.get $address))
    (local.get $problem)))
