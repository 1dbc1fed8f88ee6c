// Reading that is stopped midway: no scenario, nothing kept, and soon.
import Diagnostics
import Facts
import Foundation
import Reckoning
import Synchronization
import Testing

@Suite("Stopping a reading")
struct CancelTests {
  @Test("A cancelled reading yields no scenario and keeps no columns, an uncancelled one tells how far it is")
  func cancel() {
    let location = ColumnCacheTests.SourceRange()
    location.folder.write("h.csv", ColumnCacheTests.hires(60_000))
    let text =
      "scenario: t\ndistrict: 350112\nenterprises: [{id: e1, district: 350112}, {id: e2, district: 350112}]\n"
      + "hires_from: h.csv\n"
    var reader = Sample.reader
    reader.cache = location.cache
    let asked = Mutex(0)
    reader.control.isCancelled = {
      asked.withLock {
        $0 += 1
        return $0 > 4
      }
    }
    let stopped = reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: location.folder.path)
    #expect(stopped.scenario == nil && Sample.problems(stopped) == ["- cancelled"])
    #expect(location.kept == [])
    let told = Mutex<[Double]>([])
    reader.control = WorkControl(progress: { share in told.withLock { $0.append(share) } })
    let read = reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: location.folder.path)
    #expect(read.scenario?.dataset.table("hires")?.count == 60_000)
    let shares = told.withLock { $0 }
    #expect(!shares.isEmpty && shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
    #expect(location.kept.count == 1)
  }
}
