namespace LoyaltyPipeline.Core.Files;

/// <summary>What lies at a path, at the end of all links.</summary>
internal enum PathKind
{
    Nothing,

    /// <summary>A regular file: one that has an end.</summary>
    File,

    Folder,

    /// <summary>A link that leads to nothing, or in a circle.</summary>
    BrokenLink,

    /// <summary>A pipe, a socket or a device: whoever opens it may wait for ever, or read without end.</summary>
    Special,
}
