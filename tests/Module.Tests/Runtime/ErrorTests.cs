using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Runtime;

public sealed class ErrorTests : IDisposable
{
    private readonly ModuleRunspace _session = ModuleRunspace.WithProbes();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("ConfigInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("DuplicateKey", ErrorCategory.InvalidData)]
    [InlineData("SourceMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("RunLocked", ErrorCategory.ResourceBusy)]
    [InlineData("WarehouseNotConnected", ErrorCategory.InvalidOperation)]
    [InlineData("QueryFailed", ErrorCategory.ResourceUnavailable)]
    public void A_known_failure_keeps_its_id_category_target_and_remedy(string id, ErrorCategory category)
    {
        var error = _session.Run($"Test-ProbeFailure {id}").Error;

        Assert.Equal($"{id},LoyaltyPipeline.RuntimeProbes.FailProbeCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("the target", error.TargetObject);
        Assert.Equal($"This is {id}.", error.ErrorDetails.Message);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal("LoyaltyException", error.Exception.GetType().Name);
    }

    [Fact]
    public void A_failure_that_nobody_foresaw_is_called_so_and_kept()
    {
        var error = _session.Run("Test-ProbeFailure Unexpected").Error;

        Assert.StartsWith("UnexpectedFailure,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.IsType<FormatException>(error.Exception);
        Assert.Contains("Nobody thought of this.", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_that_the_user_did_not_ask_for_is_a_failure()
    {
        var result = _session.Run("Test-ProbeFailure Canceled");

        Assert.False(result.Stopped);
        Assert.Equal("UnexpectedFailure", result.ErrorId);
        Assert.Equal(ErrorCategory.OperationTimeout, result.Error.CategoryInfo.Category);
    }

    [Fact]
    public void A_failure_on_the_pipeline_thread_comes_back_to_the_work() =>
        Assert.Equal("RunNotFound", _session.Run("Test-ProbeFailure PipelineThread").ErrorId);

    [Fact]
    public void A_failure_can_be_caught_and_the_session_goes_on() =>
        Assert.Equal(
            ["caught", "begin"],
            _session.Run("try { Test-ProbeFailure RunLocked } catch { 'caught' }; @(Write-Probe)[0]").Succeeded().Output);

    [Fact]
    public void An_error_that_does_not_end_the_work_has_the_same_id()
    {
        var result = _session.Run("Test-ProbeFailure Continue");

        Assert.Null(result.TerminatingError);
        Assert.Equal("SourceMissing,LoyaltyPipeline.RuntimeProbes.FailProbeCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(["went on"], result.Output);
    }

    [Fact]
    public void An_error_that_does_not_end_the_work_ends_it_where_the_user_says_so()
    {
        var result = _session.Run("Test-ProbeFailure Continue -ErrorAction Stop");

        Assert.Equal("SourceMissing", result.ErrorId);
        Assert.Empty(result.Output);
    }
}
