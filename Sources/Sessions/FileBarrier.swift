// Why a file is not read or not written although the system would let us: it lies outside what may be reached, it is a
// source of the session, or it is somebody's already. Worded in both languages beside each case.

import Diagnostics

/// What keeps a command from a file.
package enum FileBarrier: Sendable, Hashable {
  /// A notebook or script asks for a file outside its folder, to read it.
  case outsideReading
  /// A notebook or script asks for a file outside its folder, to write it.
  case outsideWriting
  /// A notebook or script asks for a hidden file or folder.
  case hidden
  /// A notebook or script asks for a pipe or a device.
  case special
  /// The file has been loaded: a scenario, records, a policy document, a notebook.
  case source
  /// There is such a file, and this run has not made it.
  case present
  /// A template of a paper asks for it, to write it.
  case template

  package var code: String {
    switch self {
    case .outsideReading, .outsideWriting, .hidden, .special: "outside-folder"
    case .source: "is-a-source"
    case .present: "file-exists"
    case .template: "template-writes"
    }
  }

  /// What is the matter with the file.
  package var reason: Text {
    switch self {
    case .outsideReading, .outsideWriting:
      Text("it lies outside the folder of the notebook or script that asks for it", zh: "它在提出要求的笔记本或脚本所在文件夹之外")
    case .hidden:
      Text("a notebook or script may not ask for hidden files", zh: "笔记本或脚本不得要求隐藏文件")
    case .special: Text("a notebook or script may ask for plain files only", zh: "笔记本或脚本只能要求普通文件")
    case .source: Text("it has been loaded, and what is loaded is never replaced", zh: "它已被读入；读入的文件不会被替换")
    case .template: Text("the template of a paper writes no files", zh: "材料模板不写文件")
    case .present: Text("there is such a file already, and this run has not made it", zh: "已有这个文件，且不是本次运行所写")
    }
  }

  package var hint: Text {
    switch self {
    case .outsideReading:
      Text(
        "start with `--allow-read FOLDER` if you trust who wrote it, naming the folder of the file",
        zh: "若信任作者，启动时加 `--allow-read 文件夹`，写明该文件所在文件夹")
    case .outsideWriting:
      Text(
        "start with `--allow-write FOLDER` if you trust who wrote it, naming the folder of the file",
        zh: "若信任作者，启动时加 `--allow-write 文件夹`，写明该文件所在文件夹")
    case .hidden, .special: Text("give the command yourself, if you want it", zh: "如确有需要，请自行输入该命令")
    case .source: Text("choose another name", zh: "请换个名称")
    case .template:
      Text(
        "take the command out of the template, and give it beside `report`",
        zh: "请从模板中去掉该命令，在“报告”之外另行输入")
    case .present:
      Text(
        "choose another name, or start with `--force`; `set replace = on` at the prompt lets files be replaced",
        zh: "请换个名称，或启动时加 `--force`；在提示符处“设定 替换 = 开”允许替换")
    }
  }
}
