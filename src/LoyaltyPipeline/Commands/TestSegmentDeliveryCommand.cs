using System.Management.Automation;
using LoyaltyPipeline.Core.Delivery.Verification;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Verifies deliveries where they lie, without the warehouse they came from.</summary>
/// <remarks>
/// <para>
/// Reads the manifest and every file that it names, and emits a check for each thing found: whether the manifest can be understood and is
/// the one that latest.json speaks of; whether there are just the files it names; for a Diff whether the delivery to which it is to be
/// added lies beside it; size, hash, columns, rows and order of each file; and whether all together is what it says.
/// </para>
/// <para>
/// A check that did not pass is an object whose Passed is false, not an error; there is an error only where there is no delivery or no way
/// to read it, and the deliveries after it are verified all the same.
/// </para>
/// <para>
/// -Quiet emits one Boolean instead, whatever was piped: true where there were deliveries, each could be read, and every check of them
/// passed.
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
/// <example>
/// <code>if (Test-SegmentDelivery ./drop/Marketing/HighlyEngaged/latest.json -Quiet) { 'ready to be read' }</code>
/// For a consumer's script: goes on only where all of a delivery is there and as it was sent.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SegmentDelivery")]
[OutputType(typeof(DeliveryCheck), typeof(bool))]
public sealed class TestSegmentDeliveryCommand : AsyncCmdlet, IDynamicParameters
{
    private readonly S3Parameters _s3 = new();
    private bool? _allPassed;

    /// <summary>
    /// The place of a manifest.json or of the folder that holds it, or of a latest.json or its folder: on S3 or in the file system, where *
    /// and ? stand for any characters and any one.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Manifest", "FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Emits one Boolean instead of checks: whether there were deliveries and all of their checks passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Path)
        {
            try
            {
                foreach (var location in await FindAsync(path))
                    await VerifyAsync(location, cancellationToken);
            }
            catch (LoyaltyException exception)
            {
                // The other deliveries are verified all the same.
                _allPassed = false;
                await WriteErrorAsync(exception);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        // Where nothing was verified, nobody may take it for sound.
        if (Quiet)
            await WriteObjectAsync(_allPassed ?? false);
    }

    private async Task<IReadOnlyList<string>> FindAsync(string path)
    {
        if (DestinationText.IsS3(path))
            return [path];
        path = PathSpelling.WithoutMark(path);
        var full = await ResolvePathAsync(path);
        // A name with brackets is a pattern only where there is no such file.
        return !WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(full) || Directory.Exists(full)
            ? [full]
            : await ExpandPathAsync(path);
    }

    private async Task VerifyAsync(string location, CancellationToken cancellationToken)
    {
        await foreach (var check in DeliveryVerifier.VerifyAsync(location, _s3.Over(new S3Settings()), Reporter, cancellationToken))
        {
            _allPassed = (_allPassed ?? true) && check.Passed;
            if (!Quiet)
                await WriteObjectAsync(check);
        }
    }
}
