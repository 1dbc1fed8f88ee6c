-- Cesuan in Neovim (0.7 or later).
local client
vim.api.nvim_create_autocmd("FileType", {
  pattern = { "markdown", "yaml" },
  callback = function(event)
    client = client or vim.lsp.start_client({ name = "cesuan", cmd = { "cesuan", "lsp" }, root_dir = vim.fn.getcwd() })
    vim.lsp.buf_attach_client(event.buf, client)
    vim.bo[event.buf].omnifunc = "v:lua.vim.lsp.omnifunc"
    vim.keymap.set("n", "K", vim.lsp.buf.hover, { buffer = event.buf })
    vim.keymap.set("n", "gd", vim.lsp.buf.definition, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>a", vim.lsp.buf.code_action, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>r", vim.lsp.buf.rename, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>f", function() vim.lsp.buf.formatting() end, { buffer = event.buf })
    vim.keymap.set("n", "<Leader>l", function()
      vim.lsp.codelens.refresh()
      vim.lsp.codelens.run()
    end, { buffer = event.buf })
    vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave" }, { buffer = event.buf, callback = vim.lsp.codelens.refresh })
  end,
})
