import SwaleSyntax
import Testing

/// Tasks, channels and select.
@Suite struct TasksTests {
  static let cases: [(String, String)] = [
    ("spawn f(x)", "(spawn (call f x))"),
    ("spawn x.f(1)", "(spawn (mcall x f 1))"),
    ("spawn { f() }", "(spawn (block (call f)))"),
    ("let t = spawn (f(x))", "(let t (spawn (call f x)))"),
    ("await t", "(await t)"),
    ("await [t, u]", "(await (list t u))"),
    ("let v = <-ch", "(let v (recv ch))"),
    ("ch <- v", "(send ch v)"),
    ("close(ch)", "(call close ch)"),
    ("for v in ch {}", "(for (v) ch (block))"),
    (
      "select { let v = <-a => v, b <- x => 2, after 1s => 3, else => 4 }",
      "(select (arm (let v (recv a)) v) (arm (send b x) 2) (arm (after 1000000000ns) 3) (arm else 4))"
    ),
    (
      #"""
      select {
        let v = <-a.b[0] => { f(v) }
        var [x, y] = <-c => x = 1
        cs[0].out <- 1 + 2 => 1
        after d * 2 => 3
        after (d) => 4
        after <- 1 => 5
        after.ch <- 1 => 6
      }
      """#,
      """
      (select (arm (let v (recv (index (. a b) 0))) (block (call f v))) (arm (var (plist x \
      y) (recv c)) (set x 1)) (arm (send (. (index cs 0) out) (+ 1 2)) 1) (arm (after (* d \
      2)) 3) (arm (after d) 4) (arm (send after 1) 5) (arm (send (. after ch) 1) 6))
      """
    ),
    ("select { else => ch <- 1 }", "(select (arm else (send ch 1)))"),
    ("scope { spawn f(x); 9 }", "(scope (block (spawn (call f x)) 9))"),
    ("timeout 2s { f() }", "(timeout 2000000000ns (block (call f)))"),
    ("c.update(x => x + 1)", "(mcall c update (=> (x) (+ x 1)))"),
    ("spawn { ch <- 1 }", "(spawn (block (send ch 1)))"),
    ("t.cancel(); t.done", "(mcall t cancel) (. t done)"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
