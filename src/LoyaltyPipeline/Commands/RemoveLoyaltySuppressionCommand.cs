using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Ends the suppression of users, so that deliveries have them again.</summary>
/// <remarks>
/// <para>
/// Whatever its last day, a suppression is over at once. Deliveries have the user again where segment, consent and account allow it.
/// Who is not suppressed is no error, and is counted as unchanged.
/// </para>
/// <para>All ids, those from the pipeline too, are one run of the log, of the kind Suppress, and one transaction.</para>
/// </remarks>
/// <example>
/// <code>Remove-LoyaltySuppression 42</code>
/// Ends the suppression of a user.
/// </example>
/// <example>
/// <code>Get-LoyaltySuppression -Reason 'opt-out list*' | Remove-LoyaltySuppression</code>
/// Ends those that have a reason.
/// </example>
[Cmdlet(VerbsCommon.Remove, "LoyaltySuppression", SupportsShouldProcess = true, DefaultParameterSetName = OfIds)]
[OutputType(typeof(SuppressionResult))]
public sealed class RemoveLoyaltySuppressionCommand : SuppressionCommand
{
    private protected override string Doing(string users, string warehouse) => $"End the suppression of {users} in {warehouse}";

    private protected override Task<SuppressionResult> RunAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, SuppressOptions options, CancellationToken cancellationToken) =>
        new UserSuppressor(pipeline).RemoveAsync(warehouse, options, Reporter, cancellationToken);
}
