using System.Globalization;
using System.Management.Automation;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>Takes a day as cmdlets take their run date.</summary>
[Cmdlet(VerbsCommon.Get, "ProbeDay")]
[OutputType(typeof(string))]
public sealed class GetProbeDayCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly RunDate { get; set; }

    protected override Task ProcessAsync(CancellationToken cancellationToken) =>
        WriteObjectAsync(RunDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
