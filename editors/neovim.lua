-- Cesuan in Neovim (0.7 or later).
local client
-- What came of examples and cells; asked only where somebody answers, or it is not asked again.
local function lenses()
  if next(vim.lsp.buf_get_clients(0)) then vim.lsp.codelens.refresh() end
end
vim.api.nvim_create_autocmd("FileType", {
  pattern = { "markdown", "yaml" },
  callback = function(event)
    client = client or vim.lsp.start_client({ name = "cesuan", cmd = { "cesuan", "lsp" }, root_dir = vim.fn.getcwd(),
      on_attach = function() vim.schedule(lenses) end })
    vim.lsp.buf_attach_client(event.buf, client)
    vim.bo[event.buf].omnifunc = "v:lua.vim.lsp.omnifunc"
    vim.opt.completeopt:remove("preview")
    vim.keymap.set("n", "K", vim.lsp.buf.hover, { buffer = event.buf })
    vim.keymap.set("n", "gd", vim.lsp.buf.definition, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>a", vim.lsp.buf.code_action, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>d", vim.diagnostic.open_float, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>r", vim.lsp.buf.rename, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>f", function() vim.lsp.buf.formatting() end, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>l", function()
      lenses()
      vim.lsp.codelens.run()
    end, { buffer = event.buf })
    vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave" }, { buffer = event.buf, callback = lenses })
  end,
})
