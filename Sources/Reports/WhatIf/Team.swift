// Work in numbered jobs, shared between threads. What comes out must not depend on who does which. Knows nothing of the
// work.

import Dispatch
import Synchronization

/// Threads that take one job after another.
package enum Team {
  /// Does jobs 0 up to `jobs`, each once: the lowest that nobody has goes to whichever thread is free. Returns when all
  /// are done.
  package static func share(_ jobs: Int, threads: Int, _ job: (Int) -> Void) {
    guard threads > 1, jobs > 1 else {
      for number in 0..<max(jobs, 0) { job(number) }
      return
    }
    let next = Atomic(0)
    withoutActuallyEscaping(job) { job in
      nonisolated(unsafe) let job = job
      DispatchQueue.concurrentPerform(iterations: min(threads, jobs)) { _ in
        while true {
          let number = next.add(1, ordering: .relaxed).oldValue
          guard number < jobs else { return }
          job(number)
        }
      }
    }
  }
}
