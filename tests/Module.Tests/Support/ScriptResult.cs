using System.Management.Automation;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>What a script wrote, in order, and how it ended.</summary>
internal sealed record ScriptResult(IReadOnlyList<StreamRecord> Records, ErrorRecord? TerminatingError, bool Stopped)
{
    /// <summary>What the script emitted; a $null is passed over.</summary>
    public IReadOnlyList<object> Output =>
        [.. Of<PSObject?>(StreamKind.Output).OfType<PSObject>()
            .Select(value => value.BaseObject is PSCustomObject ? value : value.BaseObject)];

    public IReadOnlyList<ErrorRecord> Errors => [.. Of<ErrorRecord>(StreamKind.Error)];

    public IReadOnlyList<ProgressRecord> Progress => [.. Of<ProgressRecord>(StreamKind.Progress)];

    public IReadOnlyList<string> Warnings => [.. Of<WarningRecord>(StreamKind.Warning).Select(record => record.Message)];

    public string HostText => string.Join('\n', Of<string>(StreamKind.Host));

    /// <summary>The only error: what ended the script, or was written by a statement that failed.</summary>
    public ErrorRecord Error => TerminatingError ?? Assert.Single(Errors);

    /// <summary>Id of the only error, without the name of the cmdlet.</summary>
    public string ErrorId => Error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The result, if nothing went wrong.</summary>
    public ScriptResult Succeeded()
    {
        if (TerminatingError is not null || Errors.Count > 0)
            Assert.Fail(string.Join('\n', [.. Records.Select(record => record.ToString()), TerminatingError?.Exception.ToString()]));
        return this;
    }

    private IEnumerable<T> Of<T>(StreamKind stream) => Records.Where(record => record.Stream == stream).Select(record => (T)record.Value);
}
