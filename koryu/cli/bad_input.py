"""How a command says that it cannot use what it was given."""

import click

from koryu.cli.terminal import plain


class BadInput(click.ClickException):
    """Ends the command with exit code 2 and one sentence that names the file, the field and what was expected."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Write the sentence, and nothing else, to the standard error."""
        click.echo(plain(self.message), err=True)
