using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Keeps users from being sent to anybody, for good or until a day.</summary>
/// <remarks>
/// <para>
/// Users in LOYALTY.SUPPRESSION are left out of every delivery, whatever a consumer's settings say; the next Diff removes those whom a
/// consumer has. They stay in Master and History: who is to be forgotten is erased with Remove-LoyaltyUser.
/// </para>
/// <para>
/// Doing it again changes nothing. Who is suppressed already gets the last day that is given now, or none, and the reason if one is given.
/// An id that Master has no user of is taken too, and a warning counts them: a suppression may come before the user.
/// </para>
/// <para>
/// All ids, those from the pipeline too, are one run of the log, of the kind Suppress, and one transaction. A file is read whole or not at
/// all: one that has a row without an id is an error, after which the others go on.
/// </para>
/// </remarks>
/// <example>
/// <code>Add-LoyaltySuppression 42, 43 -Reason 'asked by mail'</code>
/// Suppresses two users for good.
/// </example>
/// <example>
/// <code>Add-LoyaltySuppression -Path ./optout.csv -Reason 'opt-out list' -Until 2099-12-31</code>
/// Suppresses the users in the column USER_ID of a file, until the end of a day.
/// </example>
/// <example>
/// <code>Get-EngagementSegment LowEngagement -First 3 | Add-LoyaltySuppression -Reason 'survey' -WhatIf</code>
/// Says how many users would be suppressed.
/// </example>
[Cmdlet(VerbsCommon.Add, "LoyaltySuppression", SupportsShouldProcess = true, DefaultParameterSetName = OfIds)]
[OutputType(typeof(SuppressionResult))]
public sealed class AddLoyaltySuppressionCommand : SuppressionCommand
{
    /// <summary>Why; never personal data. It is kept in the warehouse.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>The last day on which it holds, by UTC, written as 1998-06-30; for good where it is not given.</summary>
    [Parameter]
    [RunDateTransformation]
    public DateOnly? Until { get; set; }

    private protected override string Doing(string users, string warehouse) => $"Suppress {users} in {warehouse}";

    private protected override Task<SuppressionResult> RunAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, SuppressOptions options, CancellationToken cancellationToken) =>
        new UserSuppressor(pipeline).AddAsync(warehouse, options with { Reason = Reason, Until = Until }, Reporter, cancellationToken);
}
