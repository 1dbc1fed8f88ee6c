// Preferences from outside the session: the configuration file, variables of the environment, options. Knows nothing of
// what each preference does.

import Diagnostics
import Sessions
import Workbench

enum Configuration {
  /// Takes what the environment and the command line say.
  /// - Returns: what is wrong with it; a wrong value is told and passed over.
  static func take(_ options: Options, into session: Desk) -> [Diagnostic] {
    let (locale, variable) = Surroundings.language
    session.speak(locale, from: .byDefault, detail: variable)
    session.configFile = Surroundings.configFile
    session.cacheFolder = Surroundings.cacheFolder
    var problems: [Diagnostic] = []
    func prefer(_ preference: Preference, _ text: String, _ source: PreferenceSource, _ detail: String) {
      if let problem = session.prefer(preference, text, from: source, detail: detail) {
        // A variable may be meant for another version of the program: never a reason to stop.
        problems.append(Diagnostic(.warning, code: problem.code, problem.message, hint: problem.hint))
      }
    }
    for preference in Preference.allCases {
      let name = "CESUAN_" + preference.rawValue.uppercased()
      if let text = Surroundings.variable(name) { prefer(preference, text, .environment, name) }
    }
    if Surroundings.variable("NO_COLOR") != nil {
      prefer(.color, "never", .environment, "NO_COLOR")
    } else {
      if Surroundings.variable("CLICOLOR") == "0" { prefer(.color, "never", .environment, "CLICOLOR") }
      if let force = Surroundings.variable("CLICOLOR_FORCE"), force != "0" {
        prefer(.color, "always", .environment, "CLICOLOR_FORCE")
      }
      if let color = options.color { prefer(.color, color.rawValue, .commandLine, "--color") }
    }
    if let language = options.lang { session.speak(language.language, from: .commandLine, detail: "--lang") }
    return problems
  }

  /// Reads the configuration file, if there is one.
  /// - Returns: its mistakes, as warnings: they never keep the program from starting.
  static func read(into session: Desk) -> [Diagnostic] {
    guard let path = session.configFile, Surroundings.exists(path) else { return [] }
    let problems: [Diagnostic]
    do {
      problems = session.configure(SourceFile(name: path, text: try session.door.text(path, as: .glance)))
    } catch {
      problems = [
        .error(
          "unreadable", Text("`\(path)` cannot be read: \(error.reason.en)", zh: "无法读取 `\(path)`：\(error.reason.zh)"))
      ]
    }
    return problems.map { Diagnostic(.warning, code: $0.code, $0.message, hint: $0.hint, at: $0.location) }
  }
}
