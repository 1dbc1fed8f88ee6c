// Time and memory of one process, as the kernel tells them.
import Glibc

enum Clock {
  static var seconds: Double {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9
  }

  /// The greatest resident memory so far, in MiB.
  static var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  /// The median of some runs, and their least and greatest, in seconds.
  static func median(_ runs: Int, _ body: () -> Void) -> (median: Double, low: Double, high: Double) {
    var times: [Double] = []
    for _ in 0..<max(runs, 1) {
      let start = seconds
      body()
      times.append(seconds - start)
    }
    times.sort()
    return (times[times.count / 2], times[0], times[times.count - 1])
  }
}
