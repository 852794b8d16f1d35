using System.Management.Automation;
using System.Management.Automation.Host;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Runtime;

public sealed class QuestionTests
{
    [Fact]
    public void WhatIf_shows_the_description_and_answers_no()
    {
        using var session = ModuleRunspace.WithProbes();

        var result = session.Run("Confirm-Probe -WhatIf").Succeeded();

        Assert.Equal(["not written"], result.Output);
        Assert.Contains("What if: Write the probe", result.HostText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "written")]
    [InlineData(2, "not written")]
    public void Confirm_asks_the_user(int choice, string expected)
    {
        using var session = ModuleRunspace.WithProbes(choice);

        var result = session.Run("Confirm-Probe -Confirm").Succeeded();

        Assert.Equal([expected], result.Output);
        Assert.Contains("Write it?", result.HostText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "written")]
    [InlineData(1, "not continued")]
    public void A_question_of_its_own_is_asked_always(int choice, string expected)
    {
        using var session = ModuleRunspace.WithProbes(choice);

        Assert.Equal([expected], session.Run("Confirm-Probe -AndContinue").Succeeded().Output);
    }

    // As PowerShell without terminal, and as its console where standard input is at its end.
    [Theory]
    [InlineData(typeof(HostException))]
    [InlineData(typeof(PSInvalidOperationException))]
    [InlineData(typeof(NullReferenceException))]
    public void Where_nobody_can_be_asked_it_is_an_error_that_says_what_to_give(Type refusal)
    {
        using var session = ModuleRunspace.WithProbes(refusal: (Exception)Activator.CreateInstance(refusal)!);

        foreach (var script in (string[])["Confirm-Probe -Confirm", "Confirm-Probe -AndContinue"])
        {
            var result = session.Run(script);

            Assert.Equal("ConfirmationUnavailable", result.ErrorId);
            Assert.Equal(ErrorCategory.InvalidOperation, result.Error.CategoryInfo.Category);
            Assert.Contains("-Confirm:$false", result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }
    }
}
