-- What an editor sees: opens a copy of a document, looks at a name, makes a slip and mends it. `nvim --headless -u NONE
-- -l` is not in every version, so that this file is sourced. Writes a line for each finding, `fail` first where one is none.
local failed = false
local function check(what, holds)
  if not holds then failed = true end
  io.stdout:write((holds and "ok    " or "fail  ") .. what .. "\n")
end
local function request(method, extra)
  local parameters = vim.lsp.util.make_position_params(0, "utf-16")
  for key, value in pairs(extra or {}) do parameters[key] = value end
  for _, reply in pairs(vim.lsp.buf_request_sync(0, method, parameters, 20000) or {}) do return reply.result end
end

vim.cmd("filetype on")
vim.cmd("source editors/neovim.lua")
vim.cmd("edit " .. vim.fn.fnameescape(vim.env.CESUAN_DOCUMENT))
check("a client is attached", vim.wait(20000, function()
  local ready = false
  for _, client in pairs(vim.lsp.buf_get_clients(0)) do ready = ready or client.initialized end
  return ready
end, 50))
vim.wait(3000, function() return false end)
local function errors() return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) end
check("a sound document has no mistake", errors() == 0)

vim.fn.search("pay agency rate_3m")
vim.fn.search("rate_3m")
local hover = request("textDocument/hover")
check("hover tells the value", hover and hover.contents.value:find("300 yuan") ~= nil)
local definition = request("textDocument/definition")
check("the declaration is found", definition and definition.range.start.line + 1 < vim.fn.line("."))
check("the name is found where it stands", #(request("textDocument/references", { context = { includeDeclaration = true } }) or {}) > 1)
check("names complete", #(request("textDocument/completion") or {}) > 0)
check("the document has parts", #(vim.lsp.buf_request_sync(0, "textDocument/documentSymbol",
  { textDocument = vim.lsp.util.make_text_document_params() }, 20000)[1].result) > 20)

check("they stand there in the first file, too", vim.wait(20000, function() return #vim.lsp.codelens.get(0) > 0 end, 50))
local said
local notify = vim.notify
vim.notify = function(text) said = text end
vim.fn.search("^example")
vim.api.nvim_feedkeys("\\l", "mx", false)
vim.wait(300, function() return said ~= nil end, 50)
vim.notify = notify
check("and are run from their line", said == nil)
local function lenses()
  return vim.lsp.buf_request_sync(0, "textDocument/codeLens",
    { textDocument = vim.lsp.util.make_text_document_params() }, 20000)[1].result or {}
end
check("what examples come to stands beside them", #lenses() > 0 and lenses()[1].command.title:find("✓") == 1)
vim.fn.search("pay agency rate_3m")
vim.fn.search("rate_3m")
vim.lsp.buf.rename("first_rate")
check("a name is written otherwise", vim.wait(20000, function() return vim.fn.search("pay agency first_rate", "nw") > 0 end, 50))
check("and nothing is wrong with it", vim.wait(5000, function() return errors() == 0 end, 50))
vim.lsp.buf.rename("rate_3m")
check("and back", vim.wait(20000, function() return vim.fn.search("pay agency rate_3m", "nw") > 0 end, 50))

vim.cmd("normal! ciwrate_3n")
check("a slip is told", vim.wait(20000, function() return errors() > 0 end, 50))
local range = vim.lsp.util.make_range_params(0, "utf-16")
range.context = { diagnostics = {} }
local actions = vim.lsp.buf_request_sync(0, "textDocument/codeAction", range, 20000)[1].result or {}
check("a quick fix is offered", #actions > 0)
if #actions > 0 then vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16") end
check("and mends it", vim.wait(20000, function() return errors() == 0 end, 50))
vim.cmd(failed and "cquit!" or "qall!")
