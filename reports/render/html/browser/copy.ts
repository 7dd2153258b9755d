/** A button beside the command, which only a script can give. */
export function offerCopy(): void {
  const command = document.getElementById('command-line');
  if (command === null) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(command.textContent ?? '');
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(command);
      button.textContent = 'Selected';
    }
  });
  command.closest('.command')?.append(button);
}
