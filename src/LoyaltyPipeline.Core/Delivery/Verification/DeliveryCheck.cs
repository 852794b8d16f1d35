namespace LoyaltyPipeline.Core.Delivery.Verification;

/// <summary>What was found when a delivery was verified.</summary>
public sealed class DeliveryCheck(string deliveryId, string? file, string check, bool passed, string detail)
{
    /// <summary>The delivery.</summary>
    public string DeliveryId { get; } = deliveryId;

    /// <summary>The file; null for what concerns the whole.</summary>
    public string? File { get; } = file;

    /// <summary>Manifest, Files, Base (of a Diff), Size, Sha256, Columns, Rows, Order or Totals.</summary>
    public string Check { get; } = check;

    /// <summary>Whether it is as it must be.</summary>
    public bool Passed { get; } = passed;

    /// <summary>What was found, with the figures; never personal data.</summary>
    public string Detail { get; } = detail;

    /// <summary>For example <c>Rows of part-00001.csv.gz: 3 instead of 4</c>.</summary>
    public override string ToString() => $"{Check}{(File is null ? string.Empty : $" of {File}")}: {Detail}";
}
