namespace LoyaltyPipeline;

/// <summary>How the catalog is written.</summary>
public enum CatalogFormat
{
    /// <summary>One page, <c>catalog.html</c>, that needs nothing else and can be searched.</summary>
    Html,

    /// <summary><c>README.md</c>, which code hosts show, with the pictures <c>erd.svg</c> and <c>lineage.svg</c>.</summary>
    Markdown,
}
