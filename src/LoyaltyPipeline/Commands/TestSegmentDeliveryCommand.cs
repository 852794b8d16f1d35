using System.Management.Automation;
using LoyaltyPipeline.Core.Delivery.Stores;
using LoyaltyPipeline.Core.Delivery.Verification;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Verifies deliveries where they lie, without the warehouse they came from.</summary>
/// <remarks>
/// <para>
/// Reads the manifest and every file that it names, and emits a check for each thing found: whether the manifest can be understood and is the one that
/// latest.json speaks of; whether there are just the files it names; for a Diff whether the delivery to which it is to be added lies beside it; size, hash, columns, rows and order of each
/// file; and whether all together is what it says.
/// </para>
/// <para>
/// A check that did not pass is an object whose Passed is false, not an error; there is an error only where there is no delivery or no way to read it, and the
/// deliveries after it are verified all the same.
/// </para>
/// </remarks>
/// <example>
/// <code>Test-SegmentDelivery s3://marketing-drop/loyalty/Marketing/HighlyEngaged/latest.json</code>
/// Verifies the newest delivery to Marketing.
/// </example>
/// <example>
/// <code>Get-SegmentDelivery -Status Published -Last 3 | Test-SegmentDelivery | Where-Object { -not $_.Passed }</code>
/// Shows what is wrong with the three newest deliveries.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SegmentDelivery")]
[OutputType(typeof(DeliveryCheck))]
public sealed class TestSegmentDeliveryCommand : AsyncCmdlet, IDynamicParameters
{
    private readonly S3Parameters _s3 = new();

    /// <summary>The place of a manifest.json or of the folder that holds it, or of a latest.json or its folder: on S3 or in the file system.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Manifest", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Path)
        {
            try
            {
                await VerifyAsync(path, cancellationToken);
            }
            catch (LoyaltyException exception)
            {
                // The other deliveries are verified all the same.
                await WriteErrorAsync(exception);
            }
        }
    }

    private async Task VerifyAsync(string path, CancellationToken cancellationToken)
    {
        var location = DestinationText.IsS3(path) ? path : await ResolvePathAsync(path);
        await foreach (var check in DeliveryVerifier.VerifyAsync(location, _s3.Over(new S3Settings()), Reporter, cancellationToken))
            await WriteObjectAsync(check);
    }
}
