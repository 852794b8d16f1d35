using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

public sealed class PromptTests
{
    [Theory]
    [InlineData("$host.UI.ReadLine()")]
    [InlineData("$host.UI.ReadLineAsSecureString()")]
    [InlineData("$host.UI.PromptForCredential('c', 'm', 'user', 'target')")]
    [InlineData("$host.UI.RawUI.ReadKey()")]
    [InlineData("function f { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]param() $PSCmdlet.ShouldProcess('x') } f")]
    public async Task A_question_that_nobody_can_answer_is_an_error(string question)
    {
        var result = await new ShellProcess { Input = "y\ny\n" }.RunShellAsync("-NonInteractive", "-Command", "$ErrorActionPreference = 'Stop'; " + question);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The shell cannot ask for", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_mandatory_parameter_left_out_is_named()
    {
        var result = await ShellProcess.RunAsync("-Command", "function f { param([Parameter(Mandatory)]$Id) } f");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("mandatory parameters: Id", result.Error, StringComparison.Ordinal);
    }
}
