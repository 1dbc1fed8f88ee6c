// Rows put in order by counting, and members put into their groups, against sorting that knows nothing of either.
import Facts
import Testing

@testable import Engine

@Suite("Orders")
struct OrderTests {
  @Test(
    "Rows come in the order of their numbers, those of one number as they stood",
    arguments: [1, 5, 900, 70_000, 5_000_000])
  func counting(range: Int64) {
    var dice = Dice(state: UInt64(range))
    for count in [0, 1, 2, 40, 3_000] {
      let keys = (0..<count).map { _ in Int64.random(in: -range...range, using: &dice) }
      let rows = (0..<Int32(count)).shuffled(using: &dice)
      var sorted = rows
      CountingSort.sort(&sorted) { keys[Int($0)] }
      let places = rows.indices.sorted {
        (keys[Int(rows[$0])], $0) < (keys[Int(rows[$1])], $1)
      }
      #expect(sorted == places.map { rows[$0] })
    }
    var far: [Int32] = [0, 1, 2]
    CountingSort.sort(&far) { [Int64.max, Int64.min, 0][Int($0)] }
    #expect(far == [1, 2, 0])
  }

  @Test("Members of a group come by their days, then by their ids", arguments: 0..<12)
  func groups(seed: Int) {
    var dice = Dice(state: UInt64(seed) &* 7919 &+ 5)
    // Few groups with many members each, many with few, and ids in the order of the list or not.
    let count = [3, 60, 400][seed % 3], groups = [1, 7, 150][seed / 3 % 3]
    let group = (0..<count).map { _ in Int32.random(in: -2..<Int32(groups), using: &dice) }
    let days = (0..<count).map { _ in
      dice.chance(5) ? Absent.none32 : dice.chance(5) ? Absent.unknown32 : Int32.random(in: 0..<30, using: &dice)
    }
    let ids = seed % 2 == 0 ? Array(0..<count) : (0..<count).shuffled(using: &dice)
    for begins in [Storage(days, padding: 0), nil] {
      for threads in [1, 2, 3] {
        let order = GroupOrder(group, count: groups, begins: begins, threads: threads) { ids[Int($0)] < ids[Int($1)] }
        for g in 0..<groups {
          let members = (0..<count).filter { group[$0] == Int32(g) && begins?[$0].isAbsent != true }
          let expected =
            begins == nil ? members : members.sorted { (days[$0], ids[$0]) < (days[$1], ids[$1]) }
          #expect(order.slice(g).map { Int(order.rows[$0]) } == expected)
          for p in order.slice(g) { #expect(Int(order.positions[Int(order.rows[p])]) == p) }
        }
        let without = (0..<count).filter { group[$0] < 0 || begins?[$0].isAbsent == true }
        #expect(without.allSatisfy { order.positions[$0] == -1 })
      }
    }
  }
}
